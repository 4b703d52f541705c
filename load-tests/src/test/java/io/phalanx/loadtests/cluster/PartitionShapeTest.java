package io.phalanx.loadtests.cluster;

import static io.phalanx.loadtests.cluster.PartitionShape.STORE;
import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.loadtests.cluster.PartitionShape.Cut;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Of three nodes, node 1 leads, and node 2 is the follower that something happens to. */
final class PartitionShapeTest {
  private static final int LEADER = 1;
  private static final int NODES = 3;

  private static Set<Cut> cuts(PartitionShape shape) {
    return shape.cuts(LEADER, NODES);
  }

  @Nested
  class Cuts {
    @Test
    void separateALeaderThatIsAloneFromEverybody() {
      assertThat(cuts(PartitionShape.LEADER_ALONE))
          .containsExactlyInAnyOrder(
              new Cut(1, 0),
              new Cut(0, 1),
              new Cut(1, 2),
              new Cut(2, 1),
              new Cut(1, STORE),
              new Cut(STORE, 1));
    }

    @Test
    void separateAFollowerThatIsAloneFromEverybody() {
      assertThat(cuts(PartitionShape.FOLLOWER_ALONE))
          .containsExactlyInAnyOrder(
              new Cut(2, 0),
              new Cut(0, 2),
              new Cut(2, 1),
              new Cut(1, 2),
              new Cut(2, STORE),
              new Cut(STORE, 2));
    }

    @Test
    void leaveALeaderItsDatabase() {
      assertThat(cuts(PartitionShape.LEADER_WITH_STORE_ONLY))
          .containsExactlyInAnyOrder(new Cut(1, 0), new Cut(0, 1), new Cut(1, 2), new Cut(2, 1));
    }

    @Test
    void leaveAFollowerItsDatabaseAndTheOthersEachOther() {
      assertThat(cuts(PartitionShape.FOLLOWER_WITH_STORE_ONLY))
          .containsExactlyInAnyOrder(new Cut(2, 0), new Cut(0, 2), new Cut(2, 1), new Cut(1, 2));
    }

    @Test
    void goOneWayOnlyWhereOneWayIsLost() {
      assertThat(cuts(PartitionShape.LEADER_HEARS_NOBODY))
          .containsExactlyInAnyOrder(new Cut(0, 1), new Cut(2, 1), new Cut(STORE, 1));
      assertThat(cuts(PartitionShape.LEADER_IS_NOT_HEARD))
          .containsExactlyInAnyOrder(new Cut(1, 0), new Cut(1, 2), new Cut(1, STORE));
    }
  }
}
