package io.phalanx.loadtests.cluster;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real PostgreSQL on loopback that can be made to crash, and started again on what is left. */
public final class PostgresProcess implements AutoCloseable {
  private static final long GONE_WITHIN_MS = 20_000;

  private final Path data;
  private final int port;
  private EmbeddedPostgres running;

  private PostgresProcess(Path data, int port, EmbeddedPostgres running) {
    this.data = data;
    this.port = port;
    this.running = running;
  }

  /** Starts it on an empty folder; it keeps what it acknowledges over a power loss. */
  public static PostgresProcess start(Path data, int port) {
    return new PostgresProcess(data, port, launch(data, port));
  }

  private static EmbeddedPostgres launch(Path data, int port) {
    try {
      return EmbeddedPostgres.builder()
          .setDataDirectory(data)
          .setCleanDataDirectory(false)
          .setPort(port)
          .setServerConfig("fsync", "on")
          .setServerConfig("synchronous_commit", "on")
          .setServerConfig("max_connections", "120")
          .setPGStartupWait(Duration.ofSeconds(60))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL did not start", e);
    }
  }

  /** Its port on loopback. */
  public int port() {
    return port;
  }

  /** Where it is found. */
  public String jdbcUrl() {
    return jdbcUrl(port);
  }

  /** Where it is found by a way that begins at that port. */
  static String jdbcUrl(int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
  }

  /** The program that runs, to be run elsewhere. */
  Path program() {
    return postmaster()
        .info()
        .command()
        .map(Path::of)
        .orElseThrow(() -> new IllegalStateException("PostgreSQL's program is not known"));
  }

  /**
   * It is gone at once, in the middle of whatever it does, and recovers from its log when it is
   * started again.
   *
   * @param down for how long
   */
  public void crash(Duration down) throws InterruptedException {
    ProcessHandle postmaster = postmaster();
    Signals.send(postmaster.pid(), "QUIT");
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GONE_WITHIN_MS);
    while (postmaster.isAlive()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("PostgreSQL does not go");
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    TimeUnit.MILLISECONDS.sleep(down.toMillis());
    close(); // nothing is left to stop, but a lock to be given back
    running = launch(data, port);
  }

  private ProcessHandle postmaster() {
    try {
      long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
      Optional<ProcessHandle> handle = ProcessHandle.of(pid);
      return handle.orElseThrow(() -> new IllegalStateException("PostgreSQL does not run"));
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL does not run", e);
    }
  }

  @Override
  public void close() {
    try {
      running.close();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL did not stop well", e);
    }
  }
}
