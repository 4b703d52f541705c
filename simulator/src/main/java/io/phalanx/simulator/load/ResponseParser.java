package io.phalanx.simulator.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Cuts a byte stream into HTTP/1.1 answers with a content length or in chunks. */
final class ResponseParser {
  /** What is told of each whole answer. */
  interface Answers {
    void answer(int status, byte[] body);
  }

  private static final int MOST_BYTES = 64 * 1024 * 1024;
  private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};
  private static final byte[] LINE_END = {'\r', '\n'};

  private final Answers answers;
  private byte[] bytes = new byte[4_096];
  private int end;
  private int scanned;

  ResponseParser(Answers answers) {
    this.answers = answers;
  }

  /**
   * Takes what came.
   *
   * @throws IllegalStateException when this is no HTTP
   */
  void feed(byte[] more) {
    if (end + more.length > MOST_BYTES) {
      throw new IllegalStateException("an answer of over " + MOST_BYTES + " bytes");
    }
    if (end + more.length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end + more.length, bytes.length * 2));
    }
    System.arraycopy(more, 0, bytes, end, more.length);
    end += more.length;
    while (takeAnswer()) {
      scanned = 0;
    }
  }

  private boolean takeAnswer() {
    int headEnd = find(HEAD_END, scanned);
    if (headEnd < 0) {
      scanned = Math.max(0, end - HEAD_END.length);
      return false;
    }
    String head = new String(bytes, 0, headEnd, StandardCharsets.ISO_8859_1);
    int status = status(head);
    int bodyStart = headEnd + HEAD_END.length;
    String length = header(head, "content-length");
    if (!length.isEmpty()) {
      return takeBody(status, bodyStart, Integer.parseInt(length));
    }
    if (header(head, "transfer-encoding").equals("chunked")) {
      return takeChunks(status, bodyStart);
    }
    return takeBody(status, bodyStart, 0);
  }

  private boolean takeBody(int status, int start, int length) {
    if (end < start + length) {
      return false;
    }
    byte[] body = Arrays.copyOfRange(bytes, start, start + length);
    consume(start + length);
    answers.answer(status, body);
    return true;
  }

  private boolean takeChunks(int status, int start) {
    byte[] body = new byte[0];
    int at = start;
    while (true) {
      int lineEnd = find(LINE_END, at);
      if (lineEnd < 0) {
        return false;
      }
      String line = new String(bytes, at, lineEnd - at, StandardCharsets.ISO_8859_1);
      int size = Integer.parseInt(line.split(";", 2)[0].strip(), 16);
      int next = lineEnd + LINE_END.length + size + LINE_END.length;
      if (end < next) {
        return false;
      }
      if (size == 0) {
        consume(next);
        answers.answer(status, body);
        return true;
      }
      int from = lineEnd + LINE_END.length;
      byte[] longer = Arrays.copyOf(body, body.length + size);
      System.arraycopy(bytes, from, longer, body.length, size);
      body = longer;
      at = next;
    }
  }

  private void consume(int count) {
    System.arraycopy(bytes, count, bytes, 0, end - count);
    end -= count;
  }

  private int find(byte[] what, int from) {
    for (int i = from; i + what.length <= end; i++) {
      if (Arrays.equals(bytes, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    return -1;
  }

  private static int status(String head) {
    if (!head.startsWith("HTTP/1.1 ") || head.length() < 12) {
      throw new IllegalStateException("no HTTP/1.1 answer: " + head.lines().findFirst().orElse(""));
    }
    return Integer.parseInt(head.substring(9, 12));
  }

  private static String header(String head, String name) {
    int at = 0;
    while ((at = head.indexOf("\r\n", at)) >= 0) {
      at += 2;
      if (head.regionMatches(true, at, name, 0, name.length())
          && at + name.length() < head.length()
          && head.charAt(at + name.length()) == ':') {
        int lineEnd = head.indexOf("\r\n", at);
        String value =
            head.substring(at + name.length() + 1, lineEnd < 0 ? head.length() : lineEnd);
        return value.strip().toLowerCase(Locale.ROOT);
      }
    }
    return "";
  }
}
