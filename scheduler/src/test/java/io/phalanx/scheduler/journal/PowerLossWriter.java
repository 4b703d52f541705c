package io.phalanx.scheduler.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A process that writes a journal and promises, in a file beside it, what is durable: in sessions
 * that end well, under one leader after the other, with rows of all sizes.
 */
final class PowerLossWriter {
  /** Where it says what it promises. */
  static final String PROMISES = "promises";

  /** What the journal promises to be. */
  static final String AS_BUILT = "FULL";

  private static final int SESSIONS = 3;
  private static final int LEADERS = 3;
  private static final int ROWS = 30;

  /** So few that the log is copied and starts over many times. */
  private static final int DUE_PAGES = 30;

  private static final int EVERY_SO_MANY_A_LONG_ROW = 7;
  private static final int LONG_ROW_BYTES = 9_000;

  private PowerLossWriter() {}

  /** Takes the folder and {@code PRAGMA synchronous}. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    try (FileOutputStream promises =
        new FileOutputStream(folder.resolve(PROMISES).toFile(), true)) {
      for (int i = 0; i < SESSIONS; i++) {
        try (SqliteJournal journal = SqliteJournal.open(folder, Scribe.CELL, DUE_PAGES)) {
          weaken(journal, args[1]);
          write(journal, promises);
        }
      }
    }
  }

  private static void write(Journal journal, FileOutputStream promises) throws IOException {
    for (int leader = 0; leader < LEADERS; leader++) {
      Scribe scribe = Scribe.leading(journal, "node-" + leader);
      promise(promises, "epoch " + journal.epoch());
      for (int i = 1; i <= ROWS; i++) {
        int padding = i % EVERY_SO_MANY_A_LONG_ROW == 0 ? LONG_ROW_BYTES : 0;
        JournalRow row = scribe.write(1 + i % 3, padding);
        promise(promises, "row " + row.last() + " " + row.hash());
      }
    }
  }

  /** One call of the system for each line, at once. */
  private static void promise(FileOutputStream promises, String line) throws IOException {
    promises.write((line + "\n").getBytes(US_ASCII));
  }

  /** Takes from the real journal what makes it durable: the fault that images must show. */
  private static void weaken(SqliteJournal journal, String synchronous)
      throws ReflectiveOperationException, SQLException {
    if (synchronous.equals(AS_BUILT)) {
      return;
    }
    Object writer = part(journal, "writer");
    Object copier = part(part(journal, "checkpointer"), "own");
    for (Object connection : List.of(writer, copier)) {
      try (Statement statement = ((Connection) connection).createStatement()) {
        statement.execute("PRAGMA synchronous = " + synchronous);
      }
    }
  }

  private static Object part(Object whole, String name) throws ReflectiveOperationException {
    Field field = whole.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(whole);
  }
}
