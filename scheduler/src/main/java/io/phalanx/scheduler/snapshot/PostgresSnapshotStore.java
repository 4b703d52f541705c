package io.phalanx.scheduler.snapshot;

import static java.nio.file.StandardOpenOption.APPEND;

import io.phalanx.scheduler.journal.JournalHead;
import io.phalanx.scheduler.storage.PostgresServer;
import io.phalanx.scheduler.storage.PostgresTables;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Snapshots that several nodes share, in parts of bounded size; see {@link SnapshotFile} for the
 * bytes. A file of the moment is in the folder for temporary files while one is written or read.
 */
public final class PostgresSnapshotStore implements SnapshotStore {
  private static final String STORE = "snapshot";
  private static final int VERSION = 1;
  private static final int PART_BYTES = 1 << 20;

  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE snapshot (position bigint PRIMARY KEY)",
          """
          CREATE TABLE snapshot_part (
            position bigint NOT NULL REFERENCES snapshot ON DELETE CASCADE,
            part integer NOT NULL,
            body bytea NOT NULL,
            PRIMARY KEY (position, part)
          )""",
          "ALTER TABLE snapshot_part ALTER COLUMN body SET STORAGE EXTERNAL");

  // What is beyond the one just saved belongs to a journal that went back.
  private static final String REMOVE_OTHERS =
      """
      DELETE FROM snapshot WHERE position > ? OR position NOT IN
        (SELECT position FROM snapshot WHERE position <= ? ORDER BY position DESC LIMIT 2)""";

  private final PostgresServer server;

  private PostgresSnapshotStore(PostgresServer server) {
    this.server = server;
  }

  /**
   * Opens the snapshots of a cell, making their tables if they are absent.
   *
   * @throws SnapshotFailedException if they cannot be opened
   */
  public static PostgresSnapshotStore open(PostgresServer server) {
    try {
      if (!PostgresTables.create(server, STORE, VERSION, TABLES, connection -> {})) {
        throw new SnapshotFailedException(
            "the snapshots cannot be opened", new SQLException(server + " has another version"));
      }
      return new PostgresSnapshotStore(server);
    } catch (SQLException e) {
      throw new SnapshotFailedException("the snapshots cannot be opened", e);
    }
  }

  @Override
  public synchronized void save(JournalHead at, Writer writer) {
    try {
      Path file = Files.createTempFile("phalanx-snapshot", ".phx");
      try {
        new SnapshotFile(file).write(at, writer);
        upload(at.last(), file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException | SQLException e) {
      throw new SnapshotFailedException("snapshot " + at.last() + " was not saved", e);
    }
  }

  @Override
  public <T> Optional<T> newest(Reader<T> reader, DamageListener damage) {
    try {
      for (long position : positions()) {
        Optional<T> read = read(position, reader, damage);
        if (read.isPresent()) {
          return read;
        }
      }
      return Optional.empty();
    } catch (SQLException | IOException e) {
      throw new SnapshotFailedException("the snapshots cannot be read", e);
    }
  }

  private <T> Optional<T> read(long position, Reader<T> reader, DamageListener damage)
      throws SQLException, IOException {
    Path file = Files.createTempFile("phalanx-snapshot", ".phx");
    try {
      download(position, file);
      return Optional.of(new SnapshotFile(file).read(reader));
    } catch (IOException | SnapshotUnusableException e) {
      String message = e.getMessage();
      damage.passedOver("snapshot " + position, message == null ? e.toString() : message);
      return Optional.empty();
    } finally {
      Files.delete(file);
    }
  }

  private void upload(long position, Path file) throws SQLException, IOException {
    try (Connection connection = server.open()) {
      connection.setAutoCommit(false);
      execute(connection, "DELETE FROM snapshot WHERE position = ?", position);
      execute(connection, "INSERT INTO snapshot (position) VALUES (?)", position);
      try (InputStream in = Files.newInputStream(file);
          PreparedStatement insert =
              connection.prepareStatement("INSERT INTO snapshot_part VALUES (?, ?, ?)")) {
        byte[] bytes = in.readNBytes(PART_BYTES);
        for (int part = 0; bytes.length > 0; part++) {
          insert.setLong(1, position);
          insert.setInt(2, part);
          insert.setBytes(3, bytes);
          insert.executeUpdate();
          bytes = in.readNBytes(PART_BYTES);
        }
      }
      execute(connection, REMOVE_OTHERS, position, position);
      connection.commit();
    }
  }

  private void download(long position, Path file) throws SQLException, IOException {
    try (Connection connection = server.open();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT body FROM snapshot_part WHERE position = ? AND part = ?")) {
      byte[] bytes = part(select, position, 0);
      for (int part = 1; bytes.length > 0; part++) {
        Files.write(file, bytes, APPEND);
        bytes = part(select, position, part);
      }
    }
  }

  private static byte[] part(PreparedStatement select, long position, int part)
      throws SQLException {
    select.setLong(1, position);
    select.setInt(2, part);
    try (ResultSet rows = select.executeQuery()) {
      return rows.next() ? rows.getBytes(1) : new byte[0];
    }
  }

  private List<Long> positions() throws SQLException {
    try (Connection connection = server.open();
        PreparedStatement select =
            connection.prepareStatement("SELECT position FROM snapshot ORDER BY position DESC");
        ResultSet rows = select.executeQuery()) {
      List<Long> positions = new ArrayList<>();
      while (rows.next()) {
        positions.add(rows.getLong(1));
      }
      return positions;
    }
  }

  private static void execute(Connection connection, String sql, long... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setLong(i + 1, parameters[i]);
      }
      statement.executeUpdate();
    }
  }
}
