package io.phalanx.scheduler.journal;

import io.phalanx.scheduler.storage.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The lease in a table beside the journal, by a connection of its own that gives up quickly. */
public final class PostgresLease implements Lease {
  private static final String LOOK =
      """
      SELECT cell.epoch, lease.epoch, lease.node, lease.renewals, lease.released,
        (extract(epoch FROM clock_timestamp()) * 1000)::bigint
      FROM cell JOIN lease ON lease.cell = cell.cell WHERE cell.cell = ?""";

  private static final String TAKE =
      """
      UPDATE lease SET epoch = ?, node = ?, renewals = renewals + 1, released = false
      WHERE cell = ? AND epoch < ? AND (SELECT epoch FROM cell WHERE cell = ?) = ?""";

  private static final String RENEW =
      """
      UPDATE lease SET renewals = renewals + 1
      WHERE cell = ? AND epoch = ? AND NOT released
        AND (SELECT epoch FROM cell WHERE cell = ?) = ?""";

  private static final String RELEASE =
      "UPDATE lease SET released = true WHERE cell = ? AND epoch = ?";

  private final PostgresServer server;
  private @Nullable Connection connection;
  private boolean closed;

  /** A lease that connects when it is first used; the journal must have been opened before. */
  public PostgresLease(PostgresServer server) {
    this.server = server;
  }

  private interface Use<T> {
    T with(PreparedStatement statement) throws SQLException;
  }

  @Override
  public Standing look() {
    return use(
        LOOK,
        select -> {
          select.setString(1, server.cell());
          try (ResultSet rows = select.executeQuery()) {
            if (!rows.next()) {
              throw new SQLException("the cell is missing");
            }
            return new Standing(
                rows.getLong(1),
                rows.getLong(2),
                rows.getString(3),
                rows.getLong(4),
                rows.getBoolean(5),
                rows.getLong(6));
          }
        });
  }

  @Override
  public void take(long epoch, String node) {
    use(
        TAKE,
        update -> {
          update.setLong(1, epoch);
          update.setString(2, node);
          update.setString(3, server.cell());
          update.setLong(4, epoch);
          update.setString(5, server.cell());
          update.setLong(6, epoch);
          return update.executeUpdate();
        });
  }

  @Override
  public boolean renew(long epoch) {
    return use(
            RENEW,
            update -> {
              update.setString(1, server.cell());
              update.setLong(2, epoch);
              update.setString(3, server.cell());
              update.setLong(4, epoch);
              return update.executeUpdate();
            })
        == 1;
  }

  @Override
  public void release(long epoch) {
    use(
        RELEASE,
        update -> {
          update.setString(1, server.cell());
          update.setLong(2, epoch);
          return update.executeUpdate();
        });
  }

  @Override
  public synchronized void close() {
    closed = true;
    drop();
  }

  private synchronized <T> T use(String sql, Use<T> use) {
    try (PreparedStatement statement = connection().prepareStatement(sql)) {
      return use.with(statement);
    } catch (SQLException e) {
      drop();
      throw new StoreFailedException("the lease cannot be reached: " + e.getMessage(), e);
    }
  }

  private Connection connection() throws SQLException {
    if (closed) {
      throw new SQLException("the lease is closed");
    }
    Connection known = connection;
    if (known == null) {
      known = server.openQuick();
      connection = known;
    }
    return known;
  }

  private void drop() {
    Connection known = connection;
    connection = null;
    if (known != null) {
      try {
        known.close();
      } catch (SQLException e) {
        // it failed, so it may fail once more
      }
    }
  }
}
