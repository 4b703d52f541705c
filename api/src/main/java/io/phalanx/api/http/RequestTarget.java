package io.phalanx.api.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The target of a request line, split and decoded exactly once.
 *
 * @param segments of the path, decoded
 * @param query parameters by name, decoded
 * @param repeated a parameter that is given twice, if one is
 */
record RequestTarget(List<String> segments, Map<String, String> query, @Nullable String repeated) {
  private static final int MAX_SEGMENTS = 16;
  private static final int MAX_PARAMETERS = 64;

  /** The target is not what RFC 9112 allows. */
  static final class BadTargetException extends Exception {
    private static final long serialVersionUID = 1L;

    BadTargetException(String sentence) {
      super(sentence, null, false, false);
    }
  }

  static RequestTarget parse(String uri) throws BadTargetException {
    checkCharacters(uri);
    String target = withoutOrigin(uri);
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    if (!path.startsWith("/")) {
      throw new BadTargetException("The request target is no path.");
    }
    List<String> segments = new ArrayList<>();
    for (int from = 1; from <= path.length(); ) {
      int slash = path.indexOf('/', from);
      int end = slash < 0 ? path.length() : slash;
      segments.add(decode(path.substring(from, end), false));
      from = end + 1;
      if (segments.size() > MAX_SEGMENTS) {
        throw new BadTargetException("The path has more than " + MAX_SEGMENTS + " segments.");
      }
      if (slash >= 0 && from > path.length()) {
        segments.add("");
      }
    }
    return withQuery(segments, mark < 0 ? "" : target.substring(mark + 1));
  }

  private static void checkCharacters(String uri) throws BadTargetException {
    for (int i = 0; i < uri.length(); i++) {
      char character = uri.charAt(i);
      if (character <= ' ' || character >= 0x7F || character == '#') {
        throw new BadTargetException("The request target holds a character that is not allowed.");
      }
    }
  }

  /** Clients of proxies send the whole URI; its authority is the Host header's business. */
  private static String withoutOrigin(String uri) {
    if (!uri.startsWith("http://") && !uri.startsWith("https://")) {
      return uri;
    }
    int slash = uri.indexOf('/', uri.indexOf("//") + 2);
    return slash < 0 ? "/" : uri.substring(slash);
  }

  private static RequestTarget withQuery(List<String> segments, String text)
      throws BadTargetException {
    if (text.isEmpty()) {
      return new RequestTarget(segments, Map.of(), null);
    }
    Map<String, String> query = new LinkedHashMap<>();
    String repeated = null;
    for (String pair : text.split("&", MAX_PARAMETERS + 1)) {
      if (query.size() >= MAX_PARAMETERS) {
        throw new BadTargetException("More than " + MAX_PARAMETERS + " query parameters.");
      }
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals), true);
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1), true);
      if (query.put(name, value) != null) {
        repeated = name;
      }
    }
    return new RequestTarget(segments, query, repeated);
  }

  private static String decode(String text, boolean plusIsSpace) throws BadTargetException {
    if (text.indexOf('%') < 0) {
      return plusIsSpace ? text.replace('+', ' ') : text;
    }
    ByteBuffer bytes = ByteBuffer.allocate(text.length());
    int i = 0;
    while (i < text.length()) {
      char character = text.charAt(i);
      if (character == '%') {
        int high = hex(text, i + 1);
        int low = hex(text, i + 2);
        if (high < 0 || low < 0) {
          throw new BadTargetException("The request target has a broken percent-encoding.");
        }
        bytes.put((byte) (high << 4 | low));
        i += 3;
      } else {
        bytes.put((byte) (plusIsSpace && character == '+' ? ' ' : character));
        i++;
      }
    }
    return utf8(bytes.flip());
  }

  private static int hex(String text, int at) {
    return at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
  }

  private static String utf8(ByteBuffer bytes) throws BadTargetException {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(bytes)
              .toString();
      if (text.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
        throw new BadTargetException("The request target encodes a control character.");
      }
      return text;
    } catch (CharacterCodingException notUtf8) {
      throw new BadTargetException("The request target is not UTF-8.");
    }
  }
}
