package io.phalanx.cluster.lead;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.journal.Lease;
import io.phalanx.scheduler.journal.StoreFailedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LeasedLeadershipTest {
  private final FakeStore store = new FakeStore();
  private final Node a = new Node("a");
  private final Node b = new Node("b");

  /** The cell and its lease, and the time that passes for all. */
  private static final class FakeStore {
    long epoch;
    long leaseEpoch;
    String node = "";
    long renewals;
    boolean released = true;
    boolean reachable = true;
    long clockOffMs;
    long nanos;

    long claim(long seen) {
      assertThat(seen).isEqualTo(epoch);
      return ++epoch;
    }

    void pass(Duration time) {
      nanos += time.toNanos();
    }
  }

  private record FakeLease(FakeStore store) implements Lease {
    private void reach() {
      if (!store.reachable) {
        throw new StoreFailedException("the test's fault", null);
      }
    }

    @Override
    public Standing look() {
      reach();
      return new Standing(
          store.epoch,
          store.leaseEpoch,
          store.node,
          store.renewals,
          store.released,
          store.nanos / 1_000_000 + store.clockOffMs);
    }

    @Override
    public void take(long epoch, String node) {
      reach();
      store.leaseEpoch = epoch;
      store.node = node;
      store.renewals++;
      store.released = false;
    }

    @Override
    public boolean renew(long epoch) {
      reach();
      boolean isHeld = epoch == store.leaseEpoch && epoch == store.epoch && !store.released;
      store.renewals += isHeld ? 1 : 0;
      return isHeld;
    }

    @Override
    public void release(long epoch) {
      reach();
      store.released = true;
    }

    @Override
    public void close() {}
  }

  /** A node whose looks are the test's. */
  private final class Node {
    final Leaders leaders = new Leaders();
    final List<String> hints = new ArrayList<>();
    final LeasedLeadership leadership;

    Node(String name) {
      leadership =
          new LeasedLeadership(
              name,
              new FakeLease(store),
              LeaseTimes.DEFAULT,
              new Hints() {
                @Override
                public void committed(long position) {
                  hints.add("committed " + position);
                }

                @Override
                public void released() {
                  hints.add("released");
                }
              },
              leaders,
              new LeasedLeadership.Clocks(
                  () -> store.nanos,
                  () -> Instant.ofEpochMilli(store.nanos / 1_000_000),
                  new SplittableRandom(1)));
    }

    boolean hasTurn() {
      leadership.look();
      return turn().isPresent();
    }

    OptionalLong turn() {
      try {
        return leadership.awaitTurn(() -> -1);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    void lead() {
      leadership.look();
      leadership.claimed(store.claim(turn().orElseThrow()));
    }
  }

  /** The leader renews and the other looks, for so long. */
  private void bothLook(Node leader, Node other, Duration time) {
    for (long step = 0; step < time.toMillis(); step += 100) {
      store.pass(Duration.ofMillis(100));
      leader.leadership.look();
      assertThat(other.hasTurn()).isFalse();
    }
  }

  /** When the other has its turn, looking every 100 ms while nobody renews. */
  private Duration patienceOf(Node other) {
    for (int tenths = 1; tenths <= 100; tenths++) {
      store.pass(Duration.ofMillis(100));
      if (other.hasTurn()) {
        return Duration.ofMillis(100L * tenths);
      }
    }
    throw new AssertionError("no turn within 10 s");
  }

  @Nested
  class AwaitTurn {
    @Test
    void comesAtOnceWhenNobodyHasTheLease() {
      a.leadership.look();

      assertThat(a.turn()).hasValue(0);
    }

    @Test
    void neverComesWhileTheHolderRenews() {
      a.lead();

      bothLook(a, b, Duration.ofSeconds(10));
      assertThat(a.leadership.holds()).isTrue();
    }

    @Test
    void comesTwoSecondsAfterTheLastRenewal() {
      a.lead();
      bothLook(a, b, Duration.ofSeconds(3));

      assertThat(patienceOf(b)).isBetween(Duration.ofMillis(1900), Duration.ofMillis(2200));
    }

    @Test
    void comesSoonerWhenTheHolderIsSaidToBeGone() {
      a.lead();
      bothLook(a, b, Duration.ofSeconds(3));
      b.leadership.gone("a");

      assertThat(patienceOf(b)).isBetween(Duration.ofMillis(300), Duration.ofMillis(600));
    }

    @Test
    void doesNotComeSoonerWhenSomebodyElseIsGone() {
      a.lead();
      bothLook(a, b, Duration.ofSeconds(3));
      b.leadership.gone("c");

      assertThat(patienceOf(b)).isGreaterThan(Duration.ofMillis(1500));
    }

    @Test
    void doesNotComeFromAHolderThatIsSaidToBeGoneAndRenews() {
      a.lead();
      bothLook(a, b, Duration.ofSeconds(3));
      b.leadership.gone("a");

      bothLook(a, b, Duration.ofSeconds(5));
    }

    @Test
    void comesAfterAClaimThatNothingFollowed() {
      store.claim(0);
      b.leadership.look();
      assertThat(b.turn()).isEmpty();

      patienceOf(b);
      assertThat(store.epoch).isEqualTo(1);
    }

    @Test
    void waitsForAWhileAfterAnotherCameFirst() {
      a.leadership.ended(true);

      assertThat(a.hasTurn()).isFalse();
      assertThat(patienceOf(a)).isBetween(Duration.ofMillis(500), Duration.ofMillis(1600));
    }

    @Test
    void neverComesToANodeThatHasResigned() {
      a.leadership.resign();

      assertThat(a.hasTurn()).isFalse();
    }

    @Test
    void neverComesToANodeWhoseClockIsOffTheStores() {
      store.clockOffMs = 2_500;
      assertThat(a.hasTurn()).isFalse();

      store.clockOffMs = -1_500;
      assertThat(a.hasTurn()).isTrue();
    }
  }

  @Nested
  class Holds {
    @Test
    void endsBeforeAnybodyElseHasHisTurn() {
      a.lead();
      bothLook(a, b, Duration.ofSeconds(3));
      Duration silence = Duration.ZERO;
      while (a.leadership.holds()) {
        store.pass(Duration.ofMillis(100));
        silence = silence.plusMillis(100);
        assertThat(b.hasTurn()).isFalse();
      }

      assertThat(silence).isLessThanOrEqualTo(LeaseTimes.DEFAULT.valid());
    }

    @Test
    void endsWhenTheStoreCannotBeReached() {
      a.lead();
      store.reachable = false;
      store.pass(Duration.ofSeconds(2));

      assertThat(a.leadership.holds()).isFalse();
      assertThat(a.leadership.keeps()).isTrue(); // the journal says whether it still leads
    }
  }

  @Nested
  class Keeps {
    @Test
    void endsOnceAnotherHasTheLease() {
      a.lead();
      store.claim(1);
      store.pass(Duration.ofSeconds(1));
      a.leadership.look();

      assertThat(a.leadership.keeps()).isFalse();
      assertThat(a.leadership.holds()).isFalse();
    }

    @Test
    void endsOnceTheClockIsOff() {
      a.lead();
      store.clockOffMs = 3_000;
      store.pass(Duration.ofSeconds(1));
      a.leadership.look();

      assertThat(a.leadership.keeps()).isFalse();
    }
  }

  @Nested
  class Resign {
    @Test
    void letsTheSuccessorLeadAtOnce() {
      a.lead();
      bothLook(a, b, Duration.ofSeconds(1));
      a.leadership.resign();
      assertThat(a.leadership.keeps()).isFalse();
      a.leadership.ended(false);

      assertThat(a.hints).containsExactly("released");
      assertThat(b.hasTurn()).isTrue();
    }
  }

  @Nested
  class LeadersHeard {
    @Test
    void areThoseOfTheLease() {
      a.lead();
      b.leadership.look();

      assertThat(b.leaders.newest()).contains(new Leaders.Leader("a", 1));
    }

    @Test
    void areNeverOlderThanTheNewest() {
      List<Long> heard = new ArrayList<>();
      b.leaders.onChange(leader -> heard.add(leader.epoch()));
      b.leaders.leads("a", 2);
      b.leaders.leads("c", 1);
      b.leaders.leads("c", 3);

      assertThat(heard).containsExactly(2L, 3L);
    }
  }
}
