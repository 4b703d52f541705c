package io.phalanx.loadtests.tutorial;

import io.phalanx.loadtests.process.ServiceJar;
import io.phalanx.loadtests.process.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A folder that looks like a clone of the project, in which commands run: the documents are the
 * project's own, {@code ./phalanx} is the jar that was built, and the service's port is a free one.
 */
final class Workplace {
  private static final long MOST_MINUTES = 5;

  private final Path folder;
  private final int port;

  private Workplace(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** What was said, on both outputs, and how it ended. */
  record Ran(int exit, String said) {}

  /** Furnishes an empty folder. */
  static Workplace in(Path folder) throws IOException {
    Path jar = ServiceJar.find();
    Path project =
        Objects.requireNonNull(
            Path.of("").toAbsolutePath().getParent(), "the tests run in a module's folder");
    Files.createSymbolicLink(folder.resolve("docs"), project.resolve("docs"));
    Path launcher = folder.resolve("phalanx");
    Files.writeString(
        launcher,
        "#!/bin/sh\nexec '%s/bin/java' -Xmx512m -jar '%s' \"$@\"\n"
            .formatted(System.getProperty("java.home"), jar));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new Workplace(folder, ServiceProcess.freePort());
  }

  /** Runs a script that ends at its first command that fails, and all that it leaves running. */
  Ran run(String script) throws IOException, InterruptedException {
    Path log = folder.resolve("said.log");
    ProcessBuilder bash =
        new ProcessBuilder(
                "bash",
                "-c",
                "set -euo pipefail\ntrap 'kill $(jobs -p) 2> /dev/null || true' EXIT\n" + script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    bash.environment()
        .putAll(
            Map.of(
                "PHALANX_LISTEN_PORT",
                Integer.toString(port),
                "PHALANX_URL",
                "http://127.0.0.1:" + port));
    Process process = bash.start();
    if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      process.waitFor();
    }
    return new Ran(process.exitValue(), read(log));
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
