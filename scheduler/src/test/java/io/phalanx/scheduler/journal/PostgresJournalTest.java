package io.phalanx.scheduler.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phalanx.scheduler.storage.PostgresServer;
import io.phalanx.scheduler.storage.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PostgresJournalTest extends JournalContract {
  // Rows hash the cell's name, so each test has the same cell in a database of its own schema.
  private final PostgresServer server = emptied(TestPostgres.cell(Scribe.CELL));

  @Override
  Journal openJournal() {
    return PostgresJournal.open(server);
  }

  private static PostgresServer emptied(PostgresServer server) {
    execute(server, "DROP SCHEMA IF EXISTS " + server.schema() + " CASCADE");
    return server;
  }

  private static void execute(PostgresServer server, String sql) {
    try (Connection connection = server.open();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Nested
  class OpenADatabase {
    @Test
    void isDoneByManyNodesAtOnce() {
      emptied(server);
      List<CompletableFuture<Journal>> opening =
          IntStream.range(0, 6)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> openJournal()))
              .toList();

      for (CompletableFuture<Journal> opened : opening) {
        try (Journal other = opened.join()) {
          assertThat(other.head()).isEqualTo(JournalRow.genesis(Scribe.CELL).head());
        }
      }
    }

    @Test
    void isRefusedWhenNothingIsThere() {
      PostgresServer absent = new PostgresServer("jdbc:postgresql://127.0.0.1:1/none", "main");

      assertThatThrownBy(() -> PostgresJournal.open(absent))
          .isInstanceOf(StoreFailedException.class);
    }

    @Test
    void acknowledgesOnlyWhatIsDurableWhateverTheRoleSays() throws SQLException {
      execute(server, "ALTER ROLE postgres SET synchronous_commit = off");
      try (Connection connection = server.open();
          Statement statement = connection.createStatement();
          ResultSet shown = statement.executeQuery("SHOW synchronous_commit")) {
        assertThat(shown.next()).isTrue();
        assertThat(shown.getString(1)).isEqualTo("on");
      } finally {
        execute(server, "ALTER ROLE postgres RESET synchronous_commit");
      }
    }

    @Test
    void refusesTablesOfAnotherVersion() {
      execute(server, "UPDATE " + server.schema() + ".store_version SET version = 99");

      assertThatThrownBy(() -> openJournal()).isInstanceOf(CorruptJournalException.class);
    }
  }

  @Nested
  class Prepare {
    @Test
    void isOfUseForAClaimAfterTheServerHasBrokenTheConnection() {
      journal.prepare();
      execute(
          server,
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE pid <> pg_backend_pid() AND application_name = 'phalanx-"
              + server.cell()
              + "'");

      assertThat(journal.claimEpoch(0)).isEqualTo(1);
    }

    @Test
    void isRefusedOnceTheJournalIsClosed() {
      journal.close();

      assertThatThrownBy(journal::prepare).isInstanceOf(StoreFailedException.class);
    }
  }

  @Nested
  class Fence {
    @Test
    void refusesAnAppendThatWasUnderWayWhenTheEpochWasClaimed() throws Exception {
      Scribe old = Scribe.leading(journal, "a");
      JournalRow late = old.next(1);
      CompletableFuture<Object> appending;
      try (Connection claiming = server.open();
          Statement claim = claiming.createStatement();
          Connection watching = server.open();
          Statement watch = watching.createStatement()) {
        claiming.setAutoCommit(false);
        claim.execute("UPDATE cell SET epoch = epoch + 1");
        appending = CompletableFuture.supplyAsync(() -> outcome(late));
        awaitWaiting(watch);
        claiming.commit();
      }

      assertThat(appending.join()).isInstanceOf(FencedException.class);
      assertThat(journal.head().last()).isZero();
    }

    private Object outcome(JournalRow row) {
      try {
        journal.append(row);
        return "appended";
      } catch (RuntimeException e) {
        return e;
      }
    }

    private static void awaitWaiting(Statement statement) throws Exception {
      String waiting =
          "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE"
              + " '%INSERT INTO journal%'";
      for (int i = 0; i < 400; i++) {
        try (var rows = statement.executeQuery(waiting)) {
          if (rows.next() && rows.getLong(1) > 0) {
            return;
          }
        }
        Thread.sleep(10);
      }
      throw new AssertionError("the append does not wait for the claim");
    }

    @Test
    void letsOneOfManyClaimsOfAnEpochThrough() {
      List<CompletableFuture<Boolean>> claims = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        claims.add(CompletableFuture.supplyAsync(this::claims));
      }

      assertThat(claims.stream().filter(CompletableFuture::join)).hasSize(1);
      assertThat(journal.epoch()).isEqualTo(1);
    }

    private boolean claims() {
      try (Journal other = openJournal()) {
        other.claimEpoch(0);
        return true;
      } catch (FencedException e) {
        return false;
      }
    }
  }

  @Nested
  class LostConnections {
    @Test
    void leaveTheOutcomeUnknownOnceAndAreReplaced() {
      Scribe leader = Scribe.leading(journal, "a");
      leader.write(1);
      JournalRow row = leader.next(1);
      execute(
          server,
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
              + " AND application_name = 'phalanx-main'");

      assertThatThrownBy(() -> journal.append(row)).isInstanceOf(UnknownOutcomeException.class);
      journal.append(row);
      journal.append(row);
      assertThat(journal.head()).isEqualTo(row.head());
    }
  }

  @Nested
  class Database {
    @Test
    void itselfRefusesWhatBreaksTheChain() {
      Scribe.leading(journal, "a").writeRows(3);
      String insert = "INSERT INTO " + server.schema() + ".journal SELECT cell, ";

      for (String columns :
          List.of(
              "first, last, epoch, node, prev_hash, hash, recorded_at, body",
              "7, 7, epoch, node, prev_hash, '\\x01', recorded_at, body",
              "7, 7, epoch, node, '\\x02', '\\x03', recorded_at, body")) {
        String sql = insert + columns + " FROM " + server.schema() + ".journal WHERE first = 2";
        assertThatThrownBy(() -> execute(server, sql))
            .rootCause()
            .hasMessageContaining("constraint");
      }
    }
  }
}
