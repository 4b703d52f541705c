package io.phalanx.loadtests.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Signals to processes that this one has started. */
final class Signals {
  private Signals() {}

  /** Sends one, such as {@code STOP}. */
  static void send(long pid, String signal) throws InterruptedException {
    run(List.of("kill", "-" + signal, Long.toString(pid)));
  }

  /** Runs a command and waits for it. */
  static void run(List<String> command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(String.join(" ", command), e);
    }
  }
}
