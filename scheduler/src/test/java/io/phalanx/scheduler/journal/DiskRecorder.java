package io.phalanx.scheduler.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a process under {@code strace}, which sees all that it asks of the system. */
final class DiskRecorder {
  private static final long PATIENCE_S = 120;
  private static final String TRACED =
      "trace=?open,openat,pwrite64,write,ftruncate,fsync,fdatasync,?unlink,unlinkat";

  private DiskRecorder() {}

  /** Whether there is such a tool here, and the system lets it look into processes. */
  static boolean isHere() throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder("strace", "-f", "--seccomp-bpf", "-qq", "-e", TRACED, "true")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Runs a main class to its end.
   *
   * @param folder whose files are of interest
   * @param log where the recording goes
   */
  static List<DiskOp> record(Path folder, Path log, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("strace", "-f", "--seccomp-bpf", "-qq"));
    command.addAll(List.of("-e", TRACED, "-e", "signal=none"));
    command.addAll(List.of("-y", "-xx", "-s", "1000000", "-o", log.toString()));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    Path output = log.resolveSibling(log.getFileName() + ".out");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("the recorded process does not end");
    }
    if (process.exitValue() != 0) {
      throw new IOException("the recorded process failed: " + Files.readString(output));
    }
    return DiskTrace.read(folder.toRealPath(), log);
  }
}
