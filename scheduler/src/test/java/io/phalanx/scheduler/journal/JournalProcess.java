package io.phalanx.scheduler.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process of its own for tests that kill it, lock it out or take away its disk. */
final class JournalProcess {
  private JournalProcess() {}

  /** Appends for ever, printing each position when it is durable, and at last what stopped it. */
  public static void main(String[] args) throws IOException {
    try (Journal journal = SqliteJournal.open(Path.of(args[0]), Scribe.CELL)) {
      appendForEver(journal);
    } catch (JournalLockedException e) {
      System.out.println("locked by " + e.pid());
    }
  }

  private static void appendForEver(Journal journal) {
    Scribe leader = Scribe.leading(journal, "child");
    try {
      while (true) {
        System.out.println("durable " + leader.write(2).last());
      }
    } catch (JournalException e) {
      System.out.println("stopped " + e.getClass().getSimpleName());
      System.out.println("then " + then(journal));
    }
  }

  private static String then(Journal journal) {
    try {
      return "alive at " + journal.head().last();
    } catch (StoreFailedException e) {
      return "dead";
    }
  }

  static Process start(Path folder, String... prefix) throws IOException {
    List<String> command = new ArrayList<>(List.of(prefix));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(JournalProcess.class.getName(), folder.toString()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
