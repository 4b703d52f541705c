package io.phalanx.scheduler.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phalanx.scheduler.storage.PostgresServer;
import io.phalanx.scheduler.storage.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PostgresLeaseTest {
  private final PostgresServer server = TestPostgres.cell();
  private final Journal journal = PostgresJournal.open(server);
  private final Lease lease = new PostgresLease(server);

  @AfterEach
  void close() {
    lease.close();
    journal.close();
  }

  @Nested
  class Look {
    @Test
    void findsALeaseThatNobodyHolds() {
      Lease.Standing standing = lease.look();

      assertThat(standing.released()).isTrue();
      assertThat(standing.newestEpoch()).isZero();
      assertThat(standing.storeClockMs()).isGreaterThan(1_700_000_000_000L);
    }

    @Test
    void tellsOfAClaimThatWasNotFollowedByAnything() {
      Lease.Standing before = lease.look();
      journal.claimEpoch(0);

      assertThat(lease.look().isSilentSince(before)).isFalse();
      assertThat(lease.look().newestEpoch()).isEqualTo(1);
    }
  }

  @Nested
  class Renew {
    @Test
    void isSeenByOthers() {
      journal.claimEpoch(0);
      lease.take(1, "a");
      Lease.Standing before = lease.look();

      assertThat(lease.look().isSilentSince(before)).isTrue();
      assertThat(lease.renew(1)).isTrue();
      assertThat(lease.look().isSilentSince(before)).isFalse();
      assertThat(before.node()).isEqualTo("a");
    }

    @Test
    void failsOnceANewerEpochWasClaimed() {
      journal.claimEpoch(0);
      lease.take(1, "a");
      journal.claimEpoch(1);

      assertThat(lease.renew(1)).isFalse();
    }

    @Test
    void failsOnceItWasReleased() {
      journal.claimEpoch(0);
      lease.take(1, "a");
      lease.release(1);

      assertThat(lease.renew(1)).isFalse();
      assertThat(lease.look().released()).isTrue();
    }
  }

  @Nested
  class Take {
    @Test
    void isWithoutEffectUnderAStaleEpoch() {
      journal.claimEpoch(0);
      journal.claimEpoch(1);
      lease.take(2, "b");
      lease.take(1, "a");

      assertThat(lease.look().node()).isEqualTo("b");
      assertThat(lease.renew(2)).isTrue();
    }
  }

  @Nested
  class Close {
    @Test
    void leavesNothingToUse() {
      lease.close();

      assertThatThrownBy(lease::look).isInstanceOf(StoreFailedException.class);
    }
  }
}
