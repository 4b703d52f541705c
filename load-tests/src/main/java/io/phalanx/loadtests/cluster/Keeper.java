package io.phalanx.loadtests.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that waits for the end of this one, however it comes, and then takes network namespaces
 * away with all that runs in them: only those that it was told of at its start.
 */
final class Keeper implements AutoCloseable {
  /** Its input ends with the process that holds the other end, a killed one's too. */
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      cat >/dev/null
      link=$1
      shift
      for space in "$@"; do
        for pid in $(ip netns pids "$space" 2>/dev/null); do kill -9 "$pid"; done
        ip netns del "$space" 2>/dev/null
      done
      ip link del "$link" 2>/dev/null
      exit 0
      """;

  private final Process process;

  private Keeper(Process process) {
    this.process = process;
  }

  /**
   * Begins to wait.
   *
   * @param link of this process's own namespace, goes too
   * @param spaces need not be there yet
   */
  static Keeper start(String link, List<String> spaces) {
    // A session of its own: what a terminal sends to all of a run's processes is not for it.
    List<String> command =
        new ArrayList<>(List.of("setsid", "sh", "-c", SCRIPT, "phalanx-keeper", link));
    command.addAll(spaces);
    try {
      return new Keeper(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException("nobody would take the namespaces away", e);
    }
  }

  /** Has all of it taken away now, and waits until that is done. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      process.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("the namespaces stay", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
