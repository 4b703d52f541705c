package io.phalanx.api.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.api.support.ServedCluster;
import io.phalanx.api.support.ServedNode;
import io.phalanx.api.support.ServedNode.Reply;
import io.phalanx.scheduler.journal.Author;
import io.phalanx.scheduler.journal.JournalRow;
import io.phalanx.scheduler.journal.PostgresJournal;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes of this version, and a leader of a later one, here the test. */
class NewerEventTest {
  private static final String NEWER =
      "{\"t\":4102444800000,\"e\":\"miner-blessed/1\",\"d\":{\"minerId\":\"a\"}}\n";

  @TempDir Path folder;

  @Nested
  class ANode {
    @Test
    void isNotReadyFromThereOnAndSaysWhatToDo() throws Exception {
      try (ServedCluster cluster = ServedCluster.start(folder, 2, i -> Map.of())) {
        ServedNode follower = cluster.node(cluster.follower());
        assertThat(follower.get("/health/ready").status()).isEqualTo(200);

        long position = append(cluster);
        ServedCluster.await(() -> follower.get("/health/ready").text("status").equals("failed"));

        Reply ready = follower.get("/health/ready");
        assertThat(ready.status()).isEqualTo(503);
        assertThat(ready.text("reason"))
            .contains("Event " + position, "miner-blessed/1", "Update this node.");
        assertThat(follower.get("/health/live").status()).isEqualTo(200);
        Reply read = follower.get("/v1/policy");
        assertThat(read.status()).isEqualTo(200);
        assertThat(Long.parseLong(read.header("Journal-Position"))).isLessThan(position);
      }
    }

    private long append(ServedCluster cluster) {
      try (PostgresJournal journal = PostgresJournal.open(cluster.store())) {
        Author author = new Author("main", journal.claimEpoch(journal.epoch()), "newer");
        JournalRow row = JournalRow.seal(author, journal.head(), 1, 1, NEWER.getBytes(UTF_8));
        journal.append(row);
        return row.first();
      }
    }
  }
}
