package io.phalanx.loadtests.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Commands of the system that are over in a moment. */
final class Command {
  private Command() {}

  /** Runs one and returns what it said. */
  static String run(String... command) throws InterruptedException {
    return run(List.of(command), "");
  }

  /**
   * Runs one and returns what it said.
   *
   * @param input what it reads
   * @throws IllegalStateException with what it said, if it failed
   */
  static String run(List<String> command, String input) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(UTF_8));
      }
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + said);
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(String.join(" ", command), e);
    }
  }
}
