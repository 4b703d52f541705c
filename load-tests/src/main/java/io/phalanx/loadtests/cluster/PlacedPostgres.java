package io.phalanx.loadtests.cluster;

import io.phalanx.loadtests.process.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real PostgreSQL in a namespace of its own. */
final class PlacedPostgres implements AutoCloseable {
  private static final int PORT = 5432;
  private static final long READY_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long STOP_WITHIN_SECONDS = 20;

  private final Process process;
  private final String url;

  private PlacedPostgres(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /**
   * Starts it on an empty folder, and returns when it takes connections.
   *
   * @param address where it listens
   * @param within command that runs another one there
   */
  static PlacedPostgres start(Path data, String address, List<String> within)
      throws InterruptedException {
    Path program = prepare(data);
    List<String> command = new ArrayList<>(within);
    command.addAll(List.of("unshare", "-U")); // it refuses to be root
    command.addAll(
        List.of(program.toString(), "-D", data.toString(), "-p", Integer.toString(PORT)));
    for (String setting :
        List.of(
            "listen_addresses=" + address,
            "unix_socket_directories=",
            "fsync=on",
            "synchronous_commit=on",
            "max_connections=120")) {
      command.addAll(List.of("-c", setting));
    }
    String url = "jdbc:postgresql://" + address + ":" + PORT + "/postgres?user=postgres";
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(data.resolveSibling("postgres.log").toFile())
              .start();
      PlacedPostgres postgres = new PlacedPostgres(process, url);
      postgres.awaitReady();
      return postgres;
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL did not start", e);
    }
  }

  /** A folder made by a short life on loopback, where everybody may come in afterwards. */
  private static Path prepare(Path data) {
    Path program;
    try (PostgresProcess first = PostgresProcess.start(data, ServiceProcess.freePort())) {
      program = first.program();
    }
    try {
      Files.writeString(
          data.resolve("pg_hba.conf"), "\nhost all all all trust\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL's folder is not as expected", e);
    }
    return program;
  }

  private void awaitReady() throws InterruptedException {
    long end = System.nanoTime() + READY_WITHIN_NANOS;
    while (!answers()) {
      if (!process.isAlive() || System.nanoTime() - end > 0) {
        close();
        throw new IllegalStateException("PostgreSQL does not answer at " + url);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private boolean answers() {
    try (Connection connection = DriverManager.getConnection(url)) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  /** Where it is found by all that are on its network. */
  String jdbcUrl() {
    return url;
  }

  @Override
  public void close() {
    try {
      if (process.isAlive()) {
        Signals.send(process.pid(), "INT"); // without waiting for its clients
      }
      if (!process.waitFor(STOP_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
