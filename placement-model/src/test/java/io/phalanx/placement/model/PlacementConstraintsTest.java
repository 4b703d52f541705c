package io.phalanx.placement.model;

import static io.phalanx.placement.Samples.MARKET;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Demand;
import io.phalanx.placement.Fit;
import io.phalanx.placement.Objective;
import io.phalanx.placement.Preference;
import io.phalanx.placement.TierSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.optaplanner.test.api.score.stream.ConstraintVerifier;

class PlacementConstraintsTest {
  private static final Candidate GOOD = new Candidate("m", 3, 800, "op", "eu", 100, 400);
  private static final Candidate BAD = new Candidate("b", 5, 10, "bad", "us", 9_000, 0);

  private final ConstraintVerifier<PlacementConstraints, Round> verifier =
      ConstraintVerifier.build(new PlacementConstraints(), Round.class, Slot.class);
  private final Need need = need(1, 1);

  @Test
  void oneSlotPerMinerPenalizesASecond() {
    IdleMiner miner = new IdleMiner(0, GOOD);
    verifier
        .verifyThat(PlacementConstraints::oneSlotPerMiner)
        .given(slot(0, need, miner), slot(1, need, miner), slot(2, need, new IdleMiner(1, GOOD)))
        .penalizesBy(1);
  }

  @Test
  void acceptedTierPenalizesAnother() {
    verifier.verifyThat(PlacementConstraints::acceptedTier).given(good(), bad()).penalizesBy(1);
  }

  @Test
  void minPerformancePenalizesASlowOne() {
    verifier.verifyThat(PlacementConstraints::minPerformance).given(good(), bad()).penalizesBy(1);
  }

  @Test
  void maxGasPricePenalizesADearOne() {
    verifier.verifyThat(PlacementConstraints::maxGasPrice).given(good(), bad()).penalizesBy(1);
  }

  @Test
  void regionPenalizesAnother() {
    verifier.verifyThat(PlacementConstraints::region).given(good(), bad()).penalizesBy(1);
  }

  @Test
  void allowedOperatorPenalizesAnother() {
    verifier.verifyThat(PlacementConstraints::allowedOperator).given(good(), bad()).penalizesBy(1);
  }

  @Test
  void deniedOperatorPenalizesIt() {
    verifier.verifyThat(PlacementConstraints::deniedOperator).given(good(), bad()).penalizesBy(1);
  }

  @Test
  void excludedMinerPenalizesIt() {
    verifier.verifyThat(PlacementConstraints::excludedMiner).given(good(), bad()).penalizesBy(1);
  }

  @Test
  void reservedMinerPenalizesOneThatIsHeldForAnother() {
    verifier
        .verifyThat(PlacementConstraints::reservedMiner)
        .given(
            slot(0, need, new IdleMiner(0, GOOD.reservedFor(need.demand().deploymentId()))),
            slot(1, need, new IdleMiner(1, GOOD.reservedFor("another"))))
        .penalizesBy(1);
  }

  @Test
  void maxPerOperatorCountsLiveOnes() {
    Need capped = need(1, 2); // one of two is live on "op"
    verifier
        .verifyThat(PlacementConstraints::maxPerOperator)
        .given(
            slot(0, capped, new IdleMiner(0, GOOD)),
            slot(1, capped, new IdleMiner(1, GOOD)),
            slot(2, capped, new IdleMiner(2, GOOD)))
        .penalizesBy(2);
  }

  @Test
  void minReplicasPenalizesEveryMissingOne() {
    Need gang = need(3, 0);
    verifier
        .verifyThat(PlacementConstraints::minReplicas)
        .given(slot(0, gang, new IdleMiner(0, GOOD)))
        .penalizesBy(2);
  }

  @Test
  void minReplicasAllowsNone() {
    verifier
        .verifyThat(PlacementConstraints::minReplicas)
        .given(slot(0, need(3, 0), null))
        .penalizesBy(0);
  }

  @Test
  void valueRewardsOnlyPlacedSlots() {
    verifier
        .verifyThat(PlacementConstraints::value)
        .given(good(), slot(5, need, null))
        .rewardsWith(777);
  }

  @Test
  void economyRewardsALowAsk() {
    verifier.verifyThat(PlacementConstraints::economy).given(good()).rewardsWith(3 * 900);
  }

  @Test
  void speedRewardsPerformance() {
    verifier.verifyThat(PlacementConstraints::speed).given(good()).rewardsWith(2 * 266);
  }

  @Test
  void securityRewardsTheTier() {
    verifier.verifyThat(PlacementConstraints::security).given(good()).rewardsWith(500);
  }

  @Test
  void frugalityRewardsWhatIsJustGoodEnough() {
    verifier.verifyThat(PlacementConstraints::frugality).given(good()).rewardsWith(900);
  }

  @Test
  void restRewardsIdleTime() {
    verifier.verifyThat(PlacementConstraints::rest).given(good()).rewardsWith(100);
  }

  @Test
  void dispersionRewardsAnOperatorWithNothingActive() {
    verifier.verifyThat(PlacementConstraints::dispersion).given(good()).rewardsWith(2 * 1000);
  }

  private Slot good() {
    return slot(0, need, new IdleMiner(0, GOOD));
  }

  private Slot bad() {
    return slot(1, need, new IdleMiner(1, BAD));
  }

  private static Slot slot(int id, Need need, @org.jspecify.annotations.Nullable IdleMiner miner) {
    Slot slot = new Slot(id, need, new Fit(Objective.DEFAULT, MARKET));
    slot.miner = miner;
    return slot;
  }

  private static Need need(int required, int cap) {
    Demand demand =
        new Demand(
            "d",
            TierSet.of(1, 3),
            50,
            1000,
            Set.of("eu"),
            Set.of("op"),
            Set.of("bad"),
            Set.of("b"),
            Preference.BALANCED,
            3,
            required,
            cap,
            Map.of("op", 1),
            0);
    return new Need(0, demand, 777);
  }
}
