package io.phalanx.scheduler.audit;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.command.AssignmentCommand.FailAssignment;
import io.phalanx.scheduler.command.DeploymentCommand.CancelDeployment;
import io.phalanx.scheduler.command.DeploymentCommand.CreateDeployment;
import io.phalanx.scheduler.command.MinerCommand.CordonMiner;
import io.phalanx.scheduler.command.MinerCommand.RenewEvidence;
import io.phalanx.scheduler.command.MinerCommand.StopMiner;
import io.phalanx.scheduler.deployment.AssignmentEndReason;
import io.phalanx.scheduler.event.AccountEvent.Deposited;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentAcknowledged;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentEnded;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentOffered;
import io.phalanx.scheduler.event.DeploymentEvent.RetentionReleased;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.MinerEvent.MinerBeganCoolDown;
import io.phalanx.scheduler.event.MinerEvent.MinerCooledDown;
import io.phalanx.scheduler.event.MinerEvent.MinerStarted;
import io.phalanx.scheduler.event.MinerEvent.MinerTermsChanged;
import io.phalanx.scheduler.event.MinerEvent.MinerTierChanged;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.event.SystemEvent.IncarnationBegan;
import io.phalanx.scheduler.event.SystemEvent.KeyRemembered;
import io.phalanx.scheduler.event.SystemEvent.LeaderTookOver;
import io.phalanx.scheduler.event.SystemEvent.PolicyChanged;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Evidence;
import io.phalanx.scheduler.miner.Proven;
import io.phalanx.scheduler.miner.TierChangeReason;
import io.phalanx.scheduler.policy.Policy;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import io.phalanx.scheduler.world.Samples;
import io.phalanx.scheduler.world.World;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule is broken on purpose in a journal that is right otherwise, and found broken. */
final class JournalAuditTest {

  private final World world = new World();
  private final MinerId a = world.idle("a");
  private final MinerId b = world.idle("b");

  private Forgery forgery() {
    world.holds(); // what is found is the forgery, not the world
    return new Forgery(world);
  }

  /** One replica that runs, has used 50 units at 100 each, and holds the rest of the budget. */
  private AssignmentId charged(String budget) {
    AssignmentId id = world.running(world.create("budget", budget), a);
    world.charge(id, 1, 50);
    return id;
  }

  @Nested
  class Finds {

    @Test
    void nothingInAJournalThatIsRight() {
      charged("1000000");
      world.pass(ofMinutes(20));
      AuditReport report = forgery().report();
      assertThat(report.isClean()).isTrue();
      assertThat(report.events()).isEqualTo(world.journal().size());
      assertThat(report.position()).isEqualTo(world.state().position());
      assertThat(report.epoch()).isEqualTo(1);
      assertThat(report.counts()).containsEntry("gas-charged/1", 1L);
    }

    @Test
    void everyViolationButKeepsOnlyAThousand() {
      Forgery forgery = forgery();
      for (int i = 0; i < 1500; i++) {
        forgery.append(new MinerStarted(a));
      }
      AuditReport report = forgery.report();
      assertThat(report.isClean()).isFalse();
      assertThat(report.violationCount()).isEqualTo(1500);
      assertThat(report.violations()).hasSize(1000);
      assertThat(report.violations().get(0).position()).isEqualTo(world.state().position() + 1);
    }
  }

  /** 1: one live assignment, Active exactly with it. */
  @Nested
  class One {

    @Test
    void twoAssignmentsOnOneMiner() {
      world.offer(world.create(), a);
      DeploymentId other = world.create();
      assertThat(forgery().offer(other, a).broken()).contains(1);
    }

    @Test
    void aMinerThatCoolsDownWithItsAssignment() {
      world.offer(world.create(), a);
      long endsAtMs = world.nowMs() + 604_800_000;
      assertThat(forgery().append(new MinerBeganCoolDown(a, endsAtMs)).broken()).contains(1);
    }

    @Test
    void aDeploymentThatEndsWithoutItsAssignment() {
      world.offer(world.create(), a);
      world.done(
          new CancelDeployment(
              World.DEVELOPER, world.state().deployments().inOrder().lastEntry().getValue()));
      assertThat(forgery().without(AssignmentEnded.class).broken()).contains(1);
    }

    @Test
    void aCoolDownThatIsShortened() {
      world.done(new StopMiner(a));
      world.skip(ofDays(6));
      assertThat(forgery().append(new MinerCooledDown(a)).broken()).contains(1);
    }

    @Test
    void aCoolDownOfALengthOfItsOwn() {
      world.done(new StopMiner(a));
      assertThat(
              forgery()
                  .change(
                      MinerBeganCoolDown.class,
                      e -> new MinerBeganCoolDown(e.minerId(), e.endsAtMs() - 1))
                  .broken())
          .contains(1);
    }

    @Test
    void aMinerThatStartsTwice() {
      assertThat(forgery().twice(MinerStarted.class).broken()).contains(1);
    }

    @Test
    void termsThatChangeUnderAContract() {
      world.offer(world.create(), a);
      assertThat(forgery().append(new MinerTermsChanged(a, "eu", GasPrice.of(1))).broken())
          .contains(1);
    }
  }

  /** 2: every committed assignment satisfied its deployment. */
  @Nested
  class Two {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            tiers          | [2]
            minPerformance | 1001
            regions        | ["us"]
            allowOperators | ["op-b"]
            denyOperators  | ["op-a"]
            maxGasPrice    | "99"
            """)
    void aPairThatBreaksAConstraint(String field, String value) throws Exception {
      DeploymentId id =
          world.create(field, io.phalanx.scheduler.codec.CoreJson.stored().readTree(value));
      assertThat(forgery().offer(id, a).broken()).containsExactly(2);
    }

    @ParameterizedTest
    @CsvSource({"99", "1001"})
    void aPriceUnderTheAskOrOverTheBid(long gasPrice) {
      DeploymentId id = world.create();
      assertThat(forgery().offer(id, a, gasPrice).broken()).containsExactly(2);
    }

    @Test
    void moreThanMaxPerOperator() {
      MinerId c = world.started(Samples.registration("c", "op-a", 1000, 100));
      DeploymentId id = world.create("replicas", 2, "maxPerOperator", 1);
      assertThat(forgery().offer(id, a, c).broken()).containsExactly(2);
    }

    @Test
    void aGangBelowMinReplicas() {
      DeploymentId id = world.create("replicas", 3, "minReplicas", 3);
      assertThat(forgery().offer(id, a, b).broken()).containsExactly(2);
    }

    @Test
    void aGangThatLosesAnOfferOnTheWay() {
      DeploymentId id = world.create("replicas", 2, "minReplicas", 2);
      world.offer(id, a, b);
      assertThat(forgery().without(AssignmentOffered.class).append(deposited("x")).broken())
          .contains(2);
    }

    @Test
    void anExcludedMiner() {
      DeploymentId id = world.create();
      AssignmentId declined = world.offer(id, a).get(0);
      world.done(new FailAssignment(declined, world.assignment(declined).epoch(), null));
      world.pass(ofHours(23));
      assertThat(forgery().offer(id, a).broken()).containsExactly(2);
    }

    @Test
    void anOfferOutsideARound() {
      DeploymentId id = world.create();
      Forgery forgery = forgery();
      assertThat(forgery.append(forgery.offered(id, 0, a, GasPrice.of(100))).broken()).contains(2);
    }

    @Test
    void anOfferForASlotThatIsTaken() {
      DeploymentId id = world.create();
      world.offer(id, a);
      assertThat(forgery().offer(id, b).broken()).containsExactly(2);
    }

    @Test
    void anOfferForADeploymentThatEnded() {
      DeploymentId id = world.create();
      world.done(new CancelDeployment(World.DEVELOPER, id));
      assertThat(forgery().offer(id, b).broken()).contains(2);
    }

    @Test
    void anOfferThatStatesOtherTermsThanItsMiners() {
      DeploymentId id = world.create();
      world.offer(id, a);
      assertThat(
              forgery()
                  .change(
                      AssignmentOffered.class,
                      e ->
                          new AssignmentOffered(
                              e.assignmentId(),
                              e.deploymentId(),
                              new io.phalanx.scheduler.deployment.Placement(
                                  0, a, 1, 2000, "op-a", "eu", GasPrice.of(100), null),
                              e.acknowledgeByMs(),
                              null))
                  .broken())
          .containsExactly(2);
    }
  }

  /** 3: nothing happened twice. */
  @Nested
  class Three {

    @Test
    void aKeyThatIsUsedTwice() {
      KeyRemembered key =
          new KeyRemembered(KeyMark.of("scope", new byte[0]), NullNode.getInstance());
      assertThat(forgery().append(key, key).broken()).containsExactly(3);
    }

    @Test
    void aKeyOfADeploymentThatIsUsedTwice() {
      KeyMark key = KeyMark.of("scope", new byte[0]);
      world.run(new CreateDeployment(World.DEVELOPER, Samples.spec(), Amount.ZERO), key);
      KeyRemembered again = new KeyRemembered(key, NullNode.getInstance());
      assertThat(forgery().append(again).broken()).containsExactly(3);
    }

    @Test
    void aKeyThatIsUsedTwiceWithinTheDayThatItCounts() {
      KeyRemembered key =
          new KeyRemembered(KeyMark.of("scope", new byte[0]), NullNode.getInstance());
      Forgery forgery = forgery().append(key);
      world.skip(ofDays(1).minusSeconds(1));
      assertThat(forgery.append(key).broken()).contains(3);
    }

    @Test
    void nothingInAKeyThatIsUsedAgainAfterThatDay() {
      KeyRemembered key =
          new KeyRemembered(KeyMark.of("scope", new byte[0]), NullNode.getInstance());
      Forgery forgery = forgery().append(key);
      world.skip(ofDays(1));
      assertThat(forgery.append(key).broken()).doesNotContain(3);
    }

    @Test
    void aReferenceThatCountsTwice() {
      assertThat(forgery().append(deposited("x"), deposited("x")).broken()).containsExactly(3);
    }
  }

  private static Deposited deposited(String reference) {
    return new Deposited(World.DEVELOPER, Amount.of(1), reference);
  }

  /** 4: who gets no new assignment. */
  @Nested
  class Four {

    private void found() {
      DeploymentId id = world.create();
      assertThat(forgery().offer(id, a).broken()).contains(4);
    }

    @Test
    void aCoolingMiner() {
      world.done(new StopMiner(a));
      found();
    }

    @Test
    void aStoppedMiner() {
      world.done(new StopMiner(a));
      world.passSilently(ofDays(7));
      found();
    }

    @Test
    void aCordonedMiner() {
      world.done(new CordonMiner(a, "admin", "why", null));
      found();
    }

    @Test
    void aSilentMiner() {
      world.passSilently(ofSeconds(121));
      found();
    }

    @Test
    void aMinerWithExpiredEvidence() {
      long expiresAtMs = world.nowMs() + 1000;
      MinerId expired =
          world.started(Samples.registration("e", Samples.evidenceUntil(expiresAtMs)));
      world.skip(ofSeconds(1));
      DeploymentId id = world.create();
      assertThat(forgery().offer(id, expired).broken()).containsExactly(4);
    }

    @Test
    void aMinerWhoseEvidenceWasRejectedLater() {
      Evidence lapsed = lapsed(world.miner(a).evidence());
      MinerTierChanged event =
          new MinerTierChanged(a, 1, null, TierChangeReason.POLICY_CHANGED, lapsed);
      DeploymentId id = world.create();
      assertThat(forgery().append(event).offer(id, a).broken()).containsExactly(4);
    }

    @Test
    void aSecondMinerOfAPlatform() {
      Evidence same = onPlatform(world.miner(a).evidence());
      MinerId other = world.register("other");
      world.done(new RenewEvidence(a, same));
      world.done(new RenewEvidence(other, same));
      assertThat(forgery().append(new MinerStarted(other)).broken()).containsExactly(4);
    }

    private static Evidence onPlatform(Evidence usual) {
      Proven proven = new Proven("UpToDate", "ab", "ppid:1", 0, null, null);
      return new Evidence(1, "dcap", 1, List.of(), usual.evaluatedAtMs(), null, "ab", proven, null);
    }
  }

  private static Evidence lapsed(Evidence before) {
    return new Evidence(
        before.tier(),
        before.type(),
        before.policyVersion(),
        before.advisories(),
        before.evaluatedAtMs(),
        before.expiresAtMs(),
        before.evidenceHash(),
        before.proven(),
        "DEBUG_IS_ENABLED");
  }

  /** 2: tiers are what the events before said. */
  @Nested
  class TwoByEvidence {

    @Test
    void aTierThatTheMinerDidNotHave() {
      Evidence next = Samples.evidence(3);
      MinerTierChanged event = new MinerTierChanged(a, 2, 3, TierChangeReason.RENEWED, next);
      assertThat(forgery().append(event).broken()).containsExactly(2);
    }

    @Test
    void aChangeThatIsNone() {
      Evidence same = Samples.evidence(1);
      MinerTierChanged event = new MinerTierChanged(a, 1, 1, TierChangeReason.RENEWED, same);
      assertThat(forgery().append(event).broken()).containsExactly(2);
    }

    @Test
    void anEndThatComesTooEarly() {
      Evidence expired = world.miner(a).evidence().expired();
      MinerTierChanged event = new MinerTierChanged(a, 1, null, TierChangeReason.EXPIRED, expired);
      assertThat(forgery().append(event).broken()).containsExactly(2);
    }
  }

  /** 7: order. */
  @Nested
  class Seven {

    @Test
    void aGap() {
      Forgery forgery = forgery().append(deposited("x"));
      assertThat(forgery.moveLast(m -> new Moment(m.position() + 1, m.atMs())).broken())
          .containsExactly(7);
    }

    @Test
    void aStampThatFalls() {
      Forgery forgery = forgery().append(deposited("x"));
      assertThat(forgery.moveLast(m -> new Moment(m.position(), m.atMs() - 1)).broken())
          .containsExactly(7);
    }

    @ParameterizedTest
    @CsvSource({"0", "1"})
    void anEpochThatDoesNotRise(long epoch) {
      assertThat(forgery().append(new LeaderTookOver(epoch, "n", 0)).broken()).containsExactly(7);
    }

    @ParameterizedTest
    @CsvSource({"0, 1000", "1, 1000", "0, 1"})
    void anIncarnationThatIsNotOfItsEpochOrGoesBack(long number, long nextPosition) {
      IncarnationBegan began = new IncarnationBegan(number, nextPosition, 1_000);
      assertThat(forgery().append(began).broken()).containsExactly(7);
    }

    @Test
    void aGapThatNoIncarnationSpeaksOf() {
      long epoch = 1 << 20;
      long next = world.state().position() + 3;
      Event tookOver = new LeaderTookOver(epoch, "n", 0);
      assertThat(twoRows(epoch, tookOver, new IncarnationBegan(1, next, 1)).isClean()).isTrue();
      assertThat(
              twoRows(epoch, tookOver, new IncarnationBegan(1, next + 5, 1), deposited("x"))
                  .violations())
          .extracting(Violation::invariant)
          .containsExactly(7);
    }

    @Test
    void aPolicyThatSkipsAVersion() {
      assertThat(forgery().append(new PolicyChanged(Policy.DEFAULT.withVersion(3))).broken())
          .containsExactly(7);
    }

    @Test
    void aJournalWithoutALeader() {
      assertThat(forgery().without(LeaderTookOver.class).broken()).containsExactly(7);
    }

    /** The first leader's row, and one after it by the leader of that epoch. */
    private AuditReport twoRows(long epoch, Event... second) {
      JournalAudit audit = new JournalAudit();
      audit.beginRow(1, 1);
      world.journal().forEach(audit::accept);
      long next = world.state().position() + 1;
      audit.beginRow(next, epoch);
      for (Event event : second) {
        audit.accept(new StampedEvent(event, new Moment(next++, world.nowMs())));
      }
      return audit.finish();
    }

    @Test
    void aRowByALeaderThatHasNotTakenOver() {
      assertThat(twoRows(2, deposited("x")).violations())
          .extracting(Violation::invariant)
          .containsExactly(7);
      assertThat(twoRows(2, new LeaderTookOver(2, "n", 0), deposited("x")).isClean()).isTrue();
    }

    @Test
    void aRowByALeaderThatWasReplaced() {
      world.takeOver();
      assertThat(twoRows(1, deposited("x")).isClean()).isFalse();
    }

    @Test
    void aRowThatBeginsElsewhere() {
      JournalAudit audit = new JournalAudit();
      audit.beginRow(2, 1);
      assertThat(audit.finish().violations()).extracting(Violation::invariant).containsExactly(7);
    }
  }

  /** 8: events that fit no state. */
  @Nested
  class Eight {

    @Test
    void anEventOfSomethingThatIsNotThere() {
      assertThat(
              forgery()
                  .append(
                      new MinerStarted(Samples.minerId("nobody")),
                      new AssignmentAcknowledged(AssignmentId.at(77)),
                      new RetentionReleased(DeploymentId.at(77), Amount.ZERO))
                  .broken())
          .containsExactly(8);
    }

    @Test
    void anAssignmentThatEndsTwice() {
      AssignmentId id = charged("1000000");
      AssignmentEnded ended = new AssignmentEnded(id, AssignmentEndReason.FAILED, null);
      assertThat(forgery().append(ended, ended).broken()).contains(8);
    }

    @Test
    void anAssignmentThatIsAcknowledgedAfterItsEnd() {
      AssignmentId id = world.offer(world.create(), a).get(0);
      world.done(new FailAssignment(id, world.assignment(id).epoch(), null));
      assertThat(forgery().append(new AssignmentAcknowledged(id)).broken()).containsExactly(8);
    }

    @Test
    void anEndThatItsStateCannotHave() {
      AssignmentId id = world.offer(world.create(), a).get(0);
      assertThat(
              forgery()
                  .append(new AssignmentEnded(id, AssignmentEndReason.COMPLETED, null))
                  .broken())
          .contains(8);
    }
  }

  /** 9: nobody who has waited for 20 hours is passed. */
  @Nested
  class Nine {

    private List<Integer> passing(java.time.Duration ahead) {
      world.create("name", "early");
      world.pass(ahead);
      DeploymentId late = world.create("name", "late", "maxGasPrice", "1000000");
      MinerId free = world.idle("free");
      world.offer(late, free);
      Forgery forgery = new Forgery(world);
      return forgery.report().violations().stream().map(Violation::invariant).toList();
    }

    @Test
    void isFoundWhereItHappens() {
      assertThat(passing(ofHours(20).plusMillis(1))).containsExactly(9);
    }

    @Test
    void isNotFoundWhereTheBidMayDecide() {
      assertThat(passing(ofHours(20))).isEmpty();
    }
  }
}
