package io.phalanx.loadtests.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Demand;
import io.phalanx.placement.Eligibility;
import io.phalanx.placement.Fit;
import io.phalanx.placement.PlacementProblem;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class PeersTest {
  private static final List<Size> SMALL = List.of(Size.S, Size.GANGS);

  @Nested
  class Problems {
    @Test
    void areTheSameForTheSameSeedAndOthersForAnother() {
      for (Size size : SMALL) {
        long one = new Grid(Instances.of(size, 1)).fingerprint();
        assertThat(new Grid(Instances.of(size, 1)).fingerprint()).isEqualTo(one);
        assertThat(new Grid(Instances.of(size, 2)).fingerprint()).isNotEqualTo(one);
      }
    }

    @Test
    void haveTheSizeThatTheirNameSays() {
      for (Size size : List.of(Size.S, Size.M, Size.M_CONTENDED, Size.GANGS)) {
        PlacementProblem problem = Instances.of(size, 3);
        assertThat(problem.candidates()).hasSize(size.miners());
        assertThat(problem.slots()).isEqualTo(size.replicas());
      }
      assertThat(Instances.of(Size.QUIET, 3).slots()).isBetween(10, 200);
    }
  }

  @Nested
  class Arrays {
    @Test
    void sayWhatTheRecordsSay() {
      for (Size size : SMALL) {
        PlacementProblem problem = Instances.of(size, 5);
        Grid grid = new Grid(problem);
        Fit fit = new Fit(problem.objective(), problem.market());
        for (int d = 0; d < grid.demands(); d++) {
          Demand demand = problem.demands().get(d);
          for (int miner = 0; miner < grid.miners(); miner += 7) {
            Candidate candidate = problem.candidates().get(miner);
            boolean accepts = Eligibility.accepts(demand, candidate);
            assertThat(grid.suits(d, miner)).isEqualTo(accepts);
            if (accepts) {
              assertThat(grid.fit(d, miner)).isEqualTo(fit.of(demand, candidate));
            }
          }
        }
      }
    }
  }

  @Nested
  class Placements {
    @Test
    void ofEveryPeerAreFeasibleAndNoBetterThanTheBest() {
      List<Peer> peers =
          List.of(
              PhalanxPeer.round(), FilterAndScore.all(), FilterAndScore.sampled(), new FenzoPeer());
      for (Size size : SMALL) {
        for (long seed = 1; seed <= 3; seed++) {
          Grid grid = new Grid(Instances.of(size, seed));
          int[] plan = PhalanxPeer.round().place(grid).get();
          FlowOracle.Bound best = FlowOracle.bound(grid, plan);
          assertThat(best.proven()).isTrue();
          for (Peer peer : peers) {
            Referee.Score score = Referee.score(grid, peer.place(grid).get());
            assertThat(score.placed()).as(peer.name()).isPositive();
            assertThat(score.value()).as(peer.name()).isLessThanOrEqualTo(best.value());
            if (score.value() == best.value()) {
              assertThat(score.fit()).as(peer.name()).isLessThanOrEqualTo(best.fit());
            }
          }
        }
      }
    }

    @Test
    void areTheSameOnAKeptFleetAsOnANewOne() {
      Peer kept = PhalanxPeer.round();
      for (Size size : SMALL) {
        Grid grid = new Grid(Instances.of(size, 1));
        int[] fresh = PhalanxPeer.fresh().place(grid).get();
        for (int round = 0; round < 12; round++) {
          assertThat(kept.place(grid).get()).isEqualTo(fresh);
        }
      }
    }

    @Test
    void thatBreakARuleAreRefused() {
      Grid grid = new Grid(Instances.of(Size.S, 1));
      int[] twice = grid.nothing();
      java.util.Arrays.fill(twice, 0);
      assertThatThrownBy(() -> Referee.score(grid, twice))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Nested
  class Oracles {
    @Test
    void agreeOnWhatGangsCost() {
      for (long seed = 1; seed <= 3; seed++) {
        Grid grid = new Grid(Instances.of(Size.GANGS, seed));
        GangOracle.Answer gangs = GangOracle.best(grid, 60);
        long flow = FlowOracle.bound(grid, grid.nothing()).value();
        long reached = Referee.score(grid, PhalanxPeer.longer().place(grid).get()).value();
        assertThat(gangs.proven()).isTrue();
        assertThat(gangs.value()).isBetween(reached, flow);
      }
    }
  }
}
