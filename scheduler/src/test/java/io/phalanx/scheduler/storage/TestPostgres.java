package io.phalanx.scheduler.storage;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A real PostgreSQL for all tests of this process; each asks for a cell of its own. */
public final class TestPostgres {
  private static final AtomicInteger CELLS = new AtomicInteger();
  private static @Nullable EmbeddedPostgres running;

  private TestPostgres() {}

  /** A cell that no test has used. */
  public static PostgresServer cell() {
    return cell("cell-" + CELLS.incrementAndGet());
  }

  /** A cell of that name. */
  public static PostgresServer cell(String name) {
    return new PostgresServer(url(), name);
  }

  private static synchronized String url() {
    EmbeddedPostgres known = running;
    if (known == null) {
      try {
        // by default it keeps nothing over a power loss
        known =
            EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "200")
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
        running = known;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return known.getJdbcUrl("postgres", "postgres");
  }
}
