package io.phalanx.scheduler.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.phalanx.scheduler.journal.DiskOp.Kind;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@code strace -f -y -xx} wrote. A call that another thread's interrupts stands on two
 * lines: it may have happened at any moment between them.
 */
final class DiskTrace {
  private static final Pattern LINE =
      Pattern.compile("(\\d+) +(?:<\\.\\.\\. (\\w+) resumed>|(\\w+)\\()(.*)");
  private static final Pattern RESULT = Pattern.compile("\\) += (-?\\d+)[^=]*$");
  private static final Pattern FILE = Pattern.compile("\\d+<([^>]*)>(\\(deleted\\))?");
  private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");
  private static final String UNFINISHED = " <unfinished ...>";

  /** Not a part of the store: the map of the log is made anew, the lock is the system's. */
  private static final List<String> NOT_KEPT =
      List.of(SqliteJournal.FILE + "-shm", SqliteJournal.LOCK_FILE);

  private static final int FOLDER = 0;

  private final Path folder;
  private final List<DiskOp> ops = new ArrayList<>();
  private final Map<String, Integer> files = new HashMap<>();
  private final Map<String, Pending> pending = new HashMap<>();
  private int named = FOLDER;

  private record Pending(String text, int begun) {}

  /** A call with the lines between which it happened. */
  private record Call(String name, String text, int begun, int done) {
    /** What is between its first quotes. */
    String quoted() {
      Matcher matcher = TEXT.matcher(text);
      return matcher.find() ? matcher.group(1) : "";
    }

    /** The last number of its arguments. */
    long lastNumber() {
      String arguments = text.substring(0, text.lastIndexOf(')'));
      return Long.parseLong(arguments.substring(arguments.lastIndexOf(',') + 1).strip());
    }

    boolean succeeded() {
      Matcher result = RESULT.matcher(text.substring(Math.max(0, text.lastIndexOf(')'))));
      return result.find() && Long.parseLong(result.group(1)) >= 0;
    }
  }

  private DiskTrace(Path folder) {
    this.folder = folder;
  }

  /** What was asked of the files in a folder, in the order in which it was answered. */
  static List<DiskOp> read(Path folder, Path log) throws IOException {
    DiskTrace trace = new DiskTrace(folder);
    try (BufferedReader lines = Files.newBufferedReader(log, ISO_8859_1)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        trace.line(line, ++number);
      }
    }
    return trace.ops;
  }

  private void line(String line, int number) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return;
    }
    String thread = matcher.group(1);
    String rest = matcher.group(4);
    Pending begun = matcher.group(2) == null ? null : pending.remove(thread);
    if (matcher.group(3) != null && rest.endsWith(UNFINISHED)) {
      String text = rest.substring(0, rest.length() - UNFINISHED.length());
      pending.put(thread, new Pending(text, number));
    } else if (matcher.group(3) != null) {
      call(new Call(matcher.group(3), rest, number, number));
    } else if (begun != null) {
      call(new Call(matcher.group(2), begun.text() + rest, begun.begun(), number));
    }
  }

  private void call(Call call) {
    if (!call.succeeded()) {
      return;
    }
    switch (call.name()) {
      case "open", "openat" -> opened(call);
      case "unlink", "unlinkat" -> removed(call);
      default -> asked(call);
    }
  }

  private void opened(Call call) {
    String name = nameOf(call.quoted());
    if (!name.isEmpty() && call.text().contains("O_CREAT") && !files.containsKey(name)) {
      files.put(name, ++named);
      add(Kind.CREATE, named, name, call);
    }
  }

  private void removed(Call call) {
    String name = nameOf(call.quoted());
    Integer file = files.remove(name);
    if (file != null) {
      add(Kind.REMOVE, file, name, call);
    }
  }

  private void asked(Call call) {
    Matcher matcher = FILE.matcher(call.text());
    if (!matcher.lookingAt() || matcher.group(2) != null) {
      return;
    }
    String path = text(matcher.group(1));
    if (path.equals(folder.toString())) {
      add(Kind.SYNC_NAMES, FOLDER, "", call);
      return;
    }
    String name = nameOf(matcher.group(1));
    Integer file = files.get(name);
    if (file == null) {
      return;
    }
    switch (call.name()) {
      case "pwrite64" -> write(Kind.WRITE, file, call, call.lastNumber());
      case "write" -> write(Kind.PROMISE, file, call, 0);
      case "ftruncate" -> ops.add(op(Kind.CUT, file, "", call, call.lastNumber(), new byte[0]));
      default -> add(Kind.SYNC, file, "", call);
    }
  }

  private void write(Kind kind, int file, Call call, long at) {
    ops.add(op(kind, file, "", call, at, bytes(call.quoted())));
  }

  private void add(Kind kind, int file, String name, Call call) {
    ops.add(op(kind, file, name, call, 0, new byte[0]));
  }

  private static DiskOp op(Kind kind, int file, String name, Call call, long at, byte[] bytes) {
    return new DiskOp(kind, file, name, call.begun(), call.done(), at, bytes);
  }

  /** Its name in the folder; empty for what is elsewhere or of no interest. */
  private String nameOf(String escaped) {
    Path path = Path.of(text(escaped));
    boolean isHere = folder.equals(path.getParent());
    String name = isHere ? path.getFileName().toString() : "";
    return NOT_KEPT.contains(name) ? "" : name;
  }

  private static String text(String escaped) {
    return new String(bytes(escaped), UTF_8);
  }

  /** Characters as they are, or as {@code \x2f}. */
  private static byte[] bytes(String escaped) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(escaped.length() / 4 + 1);
    for (int i = 0; i < escaped.length(); i++) {
      if (escaped.startsWith("\\x", i)) {
        bytes.write(Integer.parseInt(escaped, i + 2, i + 4, 16));
        i += 3;
      } else {
        bytes.write(escaped.charAt(i));
      }
    }
    return bytes.toByteArray();
  }
}
