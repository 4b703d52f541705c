package io.phalanx.scheduler.rules;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.command.Command;
import io.phalanx.scheduler.command.MinerCommand.Heartbeat;
import io.phalanx.scheduler.command.MinerCommand.RegisterMiner;
import io.phalanx.scheduler.command.MinerCommand.RenewEvidence;
import io.phalanx.scheduler.command.MinerCommand.ReviewEvidence;
import io.phalanx.scheduler.command.MinerCommand.StartMiner;
import io.phalanx.scheduler.command.MinerCommand.StopMiner;
import io.phalanx.scheduler.command.SystemCommand.PublishCollateral;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.decision.Rejection;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.AssignmentEndReason;
import io.phalanx.scheduler.event.AccessEvent.NonceUsed;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.MinerEvent.EvidenceRenewed;
import io.phalanx.scheduler.event.MinerEvent.MinerRegistered;
import io.phalanx.scheduler.event.MinerEvent.MinerTierChanged;
import io.phalanx.scheduler.event.TrustEvent.CollateralFiled;
import io.phalanx.scheduler.event.TrustEvent.CollateralPublished;
import io.phalanx.scheduler.event.TrustEvent.EvidenceFiled;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Collateral;
import io.phalanx.scheduler.miner.CollateralRef;
import io.phalanx.scheduler.miner.Evidence;
import io.phalanx.scheduler.miner.EvidenceFile;
import io.phalanx.scheduler.miner.Proof;
import io.phalanx.scheduler.miner.Proven;
import io.phalanx.scheduler.miner.TierChangeReason;
import io.phalanx.scheduler.policy.AttestationRules;
import io.phalanx.scheduler.world.Samples;
import io.phalanx.scheduler.world.World;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** From evidence to a tier that counts, and to one that does no more. */
final class EvidenceRulesTest {

  private final World world = new World();

  @AfterEach
  void everyInvariantHolds() {
    world.holds();
  }

  private MinerId expiring(String name, int inSeconds) {
    long expiresAtMs = world.nowMs() + ofSeconds(inSeconds).toMillis();
    return world.started(Samples.registration(name, Samples.evidenceUntil(expiresAtMs)));
  }

  @Nested
  class Renew {

    @Test
    void isOneEventWhenTheTierChanges() {
      MinerId id = world.idle("a");
      Evidence lower = Samples.evidence(4);
      assertThat(world.eventsOf(new RenewEvidence(id, lower)))
          .containsExactly(new MinerTierChanged(id, 1, 4, TierChangeReason.RENEWED, lower));
      assertThat(world.miner(id).evidence()).isEqualTo(lower);
    }

    @Test
    void isAnotherEventWhenItDoesNot() {
      MinerId id = world.idle("a");
      Evidence same = Samples.evidence(1);
      assertThat(world.eventsOf(new RenewEvidence(id, same)))
          .containsExactly(new EvidenceRenewed(id, same));
    }

    @Test
    void takesEffectAtOnceForNewPlacements() {
      MinerId id = world.idle("a");
      DeploymentId wanted = world.create("tiers", new int[] {1});
      world.done(new RenewEvidence(id, Samples.evidence(2)));
      assertThat(world.offer(wanted, id)).isEmpty();
    }

    @Test
    void putsTheEndOff() {
      MinerId id = expiring("a", 10);
      world.done(new RenewEvidence(id, Samples.evidenceUntil(world.nowMs() + 60_000)));
      assertThat(world.passSilently(ofSeconds(59))).isEmpty();
      assertThat(world.passSilently(ofSeconds(1))).hasSize(1);
    }
  }

  @Nested
  class Expire {

    @Test
    void comesToNoTierByItself() {
      MinerId id = expiring("a", 10);
      assertThat(world.passSilently(ofSeconds(9))).isEmpty();
      Event lapsed = world.passSilently(ofSeconds(1)).get(0);
      assertThat(lapsed)
          .isEqualTo(
              new MinerTierChanged(
                  id, 1, null, TierChangeReason.EXPIRED, world.miner(id).evidence()));
      assertThat(world.miner(id).evidence().lapse()).isEqualTo(Evidence.EXPIRED);
    }

    @Test
    void keepsTheMinerFromNewWorkAndLeavesTheOldAlone() {
      MinerId free = expiring("a", 10);
      MinerId busy = expiring("b", 10);
      DeploymentId running = world.create();
      world.running(running, busy);
      world.passSilently(ofSeconds(10));
      assertThat(world.offer(world.create(), free)).isEmpty();
      assertThat(world.miner(busy).standing().assignmentId()).isNotNull();
    }

    @Test
    void isOverWithNewEvidence() {
      MinerId id = expiring("a", 10);
      world.passSilently(ofSeconds(10));
      Evidence again = Samples.evidenceUntil(world.nowMs() + 60_000);
      assertThat(world.eventsOf(new RenewEvidence(id, again)))
          .containsExactly(new MinerTierChanged(id, null, 1, TierChangeReason.RENEWED, again));
      assertThat(world.offer(world.create(), id)).hasSize(1);
    }

    @Test
    void happensBeforeANewLeaderTakesAnything() {
      MinerId id = expiring("a", 10);
      world.skip(ofSeconds(10));
      assertThat(world.takeOver()).anyMatch(event -> event instanceof MinerTierChanged);
      assertThat(world.miner(id).evidence().standingTier()).isNull();
    }
  }

  private static final CollateralRef OWN = ref("aa", 1_000);

  private static CollateralRef ref(String digits, long issuedAtMs) {
    return new CollateralRef("00A067110000", "SGX", digits.repeat(32), issuedAtMs);
  }

  private static Collateral collateral(CollateralRef ref) {
    return new Collateral(ref, Long.MAX_VALUE, "{\"is\": \"" + ref.hash() + "\"}");
  }

  /** Evidence of a machine that was judged now beside its own collateral. */
  private Evidence proven(int tier, String platform, @Nullable Integer cap) {
    return judged(tier, platform, cap, OWN, world.state().policy().version());
  }

  private Evidence judged(
      int tier, String platform, @Nullable Integer cap, CollateralRef beside, long version) {
    long expiresAtMs = world.nowMs() + 3_600_000;
    Proven proven = new Proven("UpToDate", "5e".repeat(32), platform, world.nowMs(), beside, cap);
    return new Evidence(
        tier,
        "dcap",
        version,
        List.of(),
        world.nowMs(),
        expiresAtMs,
        "cd".repeat(32),
        proven,
        null);
  }

  private Evidence lapsed(Evidence before, String reason) {
    return new Evidence(
        before.tier(),
        before.type(),
        world.state().policy().version(),
        List.of(),
        world.nowMs(),
        before.expiresAtMs(),
        before.evidenceHash(),
        before.proven(),
        reason);
  }

  private Proof proof(String nonce) {
    return proof(nonce, world.nowMs());
  }

  private static Proof proof(String nonce, long nonceAtMs) {
    EvidenceFile file = new EvidenceFile(EvidenceFile.DCAP, "cXVvdGU=", null, null);
    return new Proof(file, collateral(OWN), nonce, nonceAtMs, null);
  }

  private static RegisterMiner registration(String name, Evidence evidence, Proof proof) {
    RegisterMiner usual = Samples.registration(name);
    return new RegisterMiner(
        usual.minerId(),
        usual.operator(),
        usual.region(),
        usual.stake(),
        usual.performance(),
        usual.gasPrice(),
        evidence,
        proof);
  }

  private MinerId registered(String name, String platform) {
    world.done(registration(name, proven(1, platform, null), proof("n-" + name)));
    return Samples.minerId(name);
  }

  private String reason(Command command) {
    Outcome outcome = world.run(command);
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    Rejection rejection = ((Outcome.Refused) outcome).rejection();
    assertThat(rejection.refusal()).isEqualTo(Refusal.EVIDENCE_IS_REJECTED);
    return String.valueOf(rejection.actual());
  }

  private List<Class<?>> types(Command command) {
    return world.eventsOf(command).stream().<Class<?>>map(Object::getClass).toList();
  }

  @Nested
  class Register {

    @Test
    void keepsTheEvidenceAndItsCollateralOnce() {
      assertThat(types(registration("a", proven(1, "ppid:1", null), proof("n-1"))))
          .containsExactly(
              NonceUsed.class, CollateralFiled.class, MinerRegistered.class, EvidenceFiled.class);
      assertThat(types(registration("b", proven(1, "ppid:2", null), proof("n-2"))))
          .containsExactly(NonceUsed.class, MinerRegistered.class, EvidenceFiled.class);
    }

    @Test
    void keepsCollateralAgainOnceNobodyRestsOnItAnyMore() {
      MinerId id = registered("a", "ppid:1");
      CollateralRef newer = ref("bb", 2_000);
      Proof proof = new Proof(proof("n-2").file(), collateral(newer), "n-2", world.nowMs(), null);
      Evidence renewed = judged(1, "ppid:1", null, newer, 1);
      assertThat(types(new RenewEvidence(id, renewed, proof))).contains(CollateralFiled.class);
      assertThat(types(registration("b", proven(1, "ppid:2", null), proof("n-3"))))
          .contains(CollateralFiled.class);
    }

    @Test
    void refusesWhatWasRejectedWithItsReason() {
      Evidence rejected = lapsed(proven(5, "", null), "QUOTE_SIGNATURE_IS_INVALID");
      assertThat(reason(registration("a", rejected, Proof.rejected("It does not fit."))))
          .isEqualTo("QUOTE_SIGNATURE_IS_INVALID");
    }

    @Test
    void takesANonceOnceAlsoAfterARestart() {
      registered("a", "ppid:1");
      assertThat(reason(registration("b", proven(1, "ppid:2", null), proof("n-a"))))
          .isEqualTo("NONCE_WAS_USED");
      world.takeOver();
      assertThat(reason(registration("b", proven(1, "ppid:2", null), proof("n-a"))))
          .isEqualTo("NONCE_WAS_USED");
    }

    @Test
    void takesANonceForTenMinutes() {
      long givenOutMs = world.nowMs();
      world.skip(ofMinutes(10));
      assertThat(reason(registration("a", proven(1, "ppid:1", null), proof("n", givenOutMs))))
          .isEqualTo("NONCE_IS_TOO_OLD");
      world.done(registration("a", proven(1, "ppid:1", null), proof("n", givenOutMs + 1)));
    }

    @Test
    void asksForAVerdictByThePolicyInForce() {
      Evidence old = proven(1, "ppid:1", null);
      changeRules();
      RegisterMiner late = registration("a", old, proof("n-1"));
      assertThat(world.refusal(late)).isEqualTo(Refusal.EVIDENCE_WAS_JUDGED_BY_OTHER_RULES);
      world.done(registration("a", proven(1, "ppid:1", null), proof("n-1")));
    }

    @Test
    void doesNotMindAChangeOfFiguresThatDecideNoVerdict() {
      Evidence old = proven(1, "ppid:1", null);
      world.policy(world.state().policy().withSettlementPeriod(ofMinutes(1)));
      world.done(registration("a", old, proof("n-1")));
    }

    @Test
    void asksForAVerdictBesideTheCollateralInForce() {
      world.done(new PublishCollateral(collateral(ref("bb", 1_000))));
      RegisterMiner late = registration("a", proven(1, "ppid:1", null), proof("n-1"));
      assertThat(world.refusal(late)).isEqualTo(Refusal.EVIDENCE_WAS_JUDGED_BY_OTHER_RULES);
    }

    @Test
    void countsTheScoreAsFarAsItMayBeBelieved() {
      MinerId id = Samples.minerId("a");
      world.done(registration("a", proven(1, "ppid:1", 50), proof("n-1")));
      assertThat(world.miner(id).performance()).isEqualTo(50);
      assertThat(world.miner(id).initialPerformance()).isEqualTo(1000);
      world.done(new StartMiner(id));
      world.done(new Heartbeat(id, 1, 1100));
      assertThat(world.miner(id).performance()).isEqualTo(50);
      world.done(new RenewEvidence(id, proven(1, "ppid:1", null), proof("n-2")));
      world.done(new Heartbeat(id, 2, 1100));
      assertThat(world.miner(id).performance()).isEqualTo(1100);
    }
  }

  private void changeRules() {
    AttestationRules now = world.state().policy().attestation();
    AttestationRules other =
        new AttestationRules(
            now.allowedAdvisories(),
            now.measurements(),
            now.maximumAge(),
            now.iasFreshness(),
            true,
            now.allowMissingCrls(),
            now.allowServiceTd(),
            now.nonceAge(),
            now.minersPerPlatform(),
            now.unprovenPerformance(),
            now.reviewEvery(),
            now.reviewsPerSecond());
    world.policy(world.state().policy().with(other));
  }

  @Nested
  class Platform {

    @Test
    void hasOneMinerThatTakesPart() {
      MinerId first = registered("a", "ppid:1");
      MinerId second = registered("b", "ppid:1");
      world.done(new StartMiner(first));
      assertThat(world.refusal(new StartMiner(second))).isEqualTo(Refusal.PLATFORM_IS_TAKEN);
      world.done(new StopMiner(first));
      assertThat(world.refusal(new StartMiner(second))).isEqualTo(Refusal.PLATFORM_IS_TAKEN);
      world.passSilently(ofDays(8));
      world.done(new RenewEvidence(second, proven(1, "ppid:1", null), proof("n-3")));
      world.done(new StartMiner(second));
    }

    @Test
    void isNotEnteredByRenewal() {
      MinerId first = registered("a", "ppid:1");
      MinerId second = registered("b", "ppid:2");
      world.done(new StartMiner(first));
      world.done(new StartMiner(second));
      assertThat(world.refusal(new RenewEvidence(second, proven(1, "ppid:1", null), proof("n-3"))))
          .isEqualTo(Refusal.PLATFORM_IS_TAKEN);
      world.done(new RenewEvidence(second, proven(1, "ppid:2", null), proof("n-4")));
    }
  }

  @Nested
  class Review {

    private Optional<TierChangeReason> due(MinerId id) {
      return world.state().trust().due(world.miner(id).evidence(), ofDays(1), world.nowMs());
    }

    @Test
    void isDueAfterAChangeOfRules() {
      MinerId id = registered("a", "ppid:1");
      assertThat(due(id)).isEmpty();
      changeRules();
      assertThat(due(id)).contains(TierChangeReason.POLICY_CHANGED);
      Evidence again = proven(1, "ppid:1", null);
      assertThat(world.eventsOf(new ReviewEvidence(id, again, TierChangeReason.POLICY_CHANGED)))
          .containsExactly(new EvidenceRenewed(id, again));
      assertThat(due(id)).isEmpty();
    }

    @Test
    void isDueBesideNewerCollateral() {
      MinerId id = registered("a", "ppid:1");
      CollateralRef newer = ref("bb", 2_000);
      world.done(new PublishCollateral(collateral(newer)));
      assertThat(due(id)).contains(TierChangeReason.COLLATERAL_PUBLISHED);
      Evidence fallen = judged(5, "ppid:1", null, newer, 1);
      TierChangeReason reason = TierChangeReason.COLLATERAL_PUBLISHED;
      assertThat(world.eventsOf(new ReviewEvidence(id, fallen, reason)))
          .containsExactly(new MinerTierChanged(id, 1, 5, reason, fallen));
      assertThat(due(id)).isEmpty();
    }

    @Test
    void movesARunningContractThatDoesNotAcceptWhatItComesTo() {
      MinerId id = registered("a", "ppid:1");
      world.done(new StartMiner(id));
      DeploymentId deployment = world.create("tiers", List.of(1, 2));
      AssignmentId first = world.running(deployment, id);
      CollateralRef newer = ref("bb", 2_000);
      world.done(new PublishCollateral(collateral(newer)));
      Evidence fallen = judged(5, "ppid:1", null, newer, 1);
      world.done(new ReviewEvidence(id, fallen, TierChangeReason.COLLATERAL_PUBLISHED));
      assertThat(world.assignment(first).isLeaving()).isTrue();
      world.running(deployment, world.idle("b"));
      assertThat(world.assignment(first).ended())
          .extracting(Assignment.Ending::reason)
          .isEqualTo(AssignmentEndReason.TIER_DROPPED);
    }

    @Test
    void movesARunningContractFromAMachineThatIsRejected() {
      MinerId id = registered("a", "ppid:1");
      world.done(new StartMiner(id));
      AssignmentId first = world.running(world.create(), id);
      Evidence rejected = lapsed(world.miner(id).evidence(), "TCB_IS_REVOKED");
      world.done(new ReviewEvidence(id, rejected, TierChangeReason.REVIEWED));
      assertThat(world.assignment(first).isLeaving()).isTrue();
    }

    @Test
    void isNotDueBesideOlderOrOtherCollateral() {
      MinerId id = registered("a", "ppid:1");
      world.done(new PublishCollateral(collateral(ref("bb", 999))));
      CollateralRef other = new CollateralRef("00A067110000", "TDX", "bb".repeat(32), 2_000);
      world.done(new PublishCollateral(collateral(other)));
      assertThat(due(id)).isEmpty();
    }

    @Test
    void isDueOnSchedule() {
      MinerId id = registered("a", "ppid:1");
      world.skip(ofDays(1));
      assertThat(due(id)).contains(TierChangeReason.REVIEWED);
    }

    @Test
    void mayEndInNoTierAndComeBackFromIt() {
      MinerId id = registered("a", "ppid:1");
      Evidence none = lapsed(world.miner(id).evidence(), "DEBUG_IS_ENABLED");
      TierChangeReason reason = TierChangeReason.POLICY_CHANGED;
      assertThat(world.eventsOf(new ReviewEvidence(id, none, reason)))
          .containsExactly(new MinerTierChanged(id, 1, null, reason, none));
      assertThat(world.passSilently(ofDays(2))).isEmpty();
      assertThat(world.refusal(new StartMiner(id))).isEqualTo(Refusal.EVIDENCE_HAS_EXPIRED);
      Evidence again = proven(2, "ppid:1", null);
      assertThat(world.eventsOf(new ReviewEvidence(id, again, reason)))
          .containsExactly(new MinerTierChanged(id, null, 2, reason, again));
    }

    @Test
    void isForgottenWhenOtherEvidenceCameMeanwhile() {
      MinerId id = registered("a", "ppid:1");
      Evidence other = Samples.evidence(3);
      world.done(new RenewEvidence(id, other));
      Evidence late = proven(1, "ppid:1", null);
      assertThat(world.eventsOf(new ReviewEvidence(id, late, TierChangeReason.REVIEWED))).isEmpty();
    }

    @Test
    void isForgottenWhenTheRulesChangedMeanwhile() {
      MinerId id = registered("a", "ppid:1");
      Evidence late = proven(4, "ppid:1", null);
      changeRules();
      assertThat(world.eventsOf(new ReviewEvidence(id, late, TierChangeReason.REVIEWED))).isEmpty();
    }
  }

  @Nested
  class Publish {

    @Test
    void replacesWhatWasIssuedBefore() {
      Collateral newer = collateral(ref("bb", 2_000));
      world.done(new PublishCollateral(collateral(OWN)));
      assertThat(world.eventsOf(new PublishCollateral(newer)))
          .containsExactly(new CollateralPublished(newer));
      assertThat(world.refusal(new PublishCollateral(collateral(OWN))))
          .isEqualTo(Refusal.COLLATERAL_IS_OLDER);
      assertThat(world.eventsOf(new PublishCollateral(newer))).isEmpty();
    }

    @Test
    void takesNewListsBesideTheSameTcbInfo() {
      world.done(new PublishCollateral(collateral(OWN)));
      Collateral sameDay = collateral(ref("bb", OWN.issuedAtMs()));
      assertThat(types(new PublishCollateral(sameDay))).containsExactly(CollateralPublished.class);
    }
  }
}
