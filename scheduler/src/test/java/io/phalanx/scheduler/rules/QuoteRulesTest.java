package io.phalanx.scheduler.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.command.DeploymentCommand.CreateDeployment;
import io.phalanx.scheduler.command.MinerCommand.ChangeMinerTerms;
import io.phalanx.scheduler.command.MinerCommand.CordonMiner;
import io.phalanx.scheduler.command.MinerCommand.RenewEvidence;
import io.phalanx.scheduler.command.MinerCommand.StopMiner;
import io.phalanx.scheduler.command.MinerCommand.UncordonMiner;
import io.phalanx.scheduler.command.QuoteCommand.RedeemQuote;
import io.phalanx.scheduler.command.QuoteCommand.RequestQuote;
import io.phalanx.scheduler.command.QuoteCommand.WithdrawQuote;
import io.phalanx.scheduler.command.SystemCommand.CommitRound;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.DeploymentState;
import io.phalanx.scheduler.deployment.Placement;
import io.phalanx.scheduler.event.QuoteEvent.QuoteLostMiners;
import io.phalanx.scheduler.event.QuoteEvent.QuoteRequested;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.id.QuoteId;
import io.phalanx.scheduler.miner.MinerState;
import io.phalanx.scheduler.quote.Quote;
import io.phalanx.scheduler.quote.QuoteState;
import io.phalanx.scheduler.round.DropReason;
import io.phalanx.scheduler.round.DroppedLine;
import io.phalanx.scheduler.round.PlannedLine;
import io.phalanx.scheduler.round.RoundPlan;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import io.phalanx.scheduler.view.Answer;
import io.phalanx.scheduler.view.DeploymentView;
import io.phalanx.scheduler.view.QuoteView;
import io.phalanx.scheduler.world.Samples;
import io.phalanx.scheduler.world.World;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a firm price binds, and how it ends. */
final class QuoteRulesTest extends WorldTest {

  private final List<MinerId> miners = new ArrayList<>();

  /** Forty miners, of which four may be held. */
  @BeforeEach
  void everybodyIsIdle() {
    for (int i = 0; i < 40; i++) {
      miners.add(world.idle("m" + i));
    }
  }

  private static RequestQuote request(Object... differences) {
    return new RequestQuote(
        World.DEVELOPER, Samples.spec(differences), Duration.ofMinutes(2), Amount.ZERO);
  }

  private QuoteId ask(Object... differences) {
    return ((QuoteView) world.done(request(differences))).id();
  }

  /** A round that gives the quote those miners at that price. */
  private void win(QuoteId quote, long price, MinerId... own) {
    world.commit(
        Arrays.stream(own)
            .map(miner -> new PlannedLine(quote.holder(), miner, GasPrice.of(price)))
            .toList());
  }

  private QuoteId offered(Object... differences) {
    QuoteId id = ask(differences);
    int replicas = quote(id).spec().replicas();
    win(id, 150, miners.subList(0, replicas).toArray(MinerId[]::new));
    assertThat(quote(id).state()).isEqualTo(QuoteState.OFFERED);
    return id;
  }

  private void emptyRound() {
    world.commit(List.of());
  }

  private Quote quote(QuoteId id) {
    return world.state().quotes().known(id);
  }

  private List<MinerId> heldFor(QuoteId id) {
    return List.copyOf(world.state().miners().reservedFor(id.holder()).values());
  }

  private Amount budget() {
    return Samples.spec().budget();
  }

  private static RedeemQuote redeem(QuoteId id) {
    return new RedeemQuote(World.DEVELOPER, id, null, null);
  }

  private static KeyMark key(String name, String body) {
    return KeyMark.of(name, body.getBytes(StandardCharsets.UTF_8));
  }

  private void nobodyIsHeld() {
    assertThat(world.state().miners().reserved()).isZero();
    assertThat(world.state().quotes().reserved()).isZero();
    assertThat(world.state().timers().firstDue(Long.MAX_VALUE)).isEmpty();
  }

  @Nested
  class Request {

    @Test
    void holdsTheBudget() {
      Amount before = world.available();
      ask();
      assertThat(world.available()).isEqualTo(before.minus(budget()));
      world.holds();
    }

    @Test
    void isRefusedBeyondTheBalance() {
      Amount all = world.available();
      assertThat(world.refusal(request("budget", all.plus(Amount.of(1)).toString())))
          .isEqualTo(Refusal.BALANCE_IS_TOO_LOW);
    }

    @Test
    void isRefusedBeyondFiveOpenOnes() {
      for (int i = 0; i < 5; i++) {
        ask();
      }
      assertThat(world.refusal(request())).isEqualTo(Refusal.TOO_MANY_QUOTES);
      emptyRound();
      assertThat(world.run(request())).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void isRefusedBeyondAHundredMiners() {
      ask("replicas", 60, "minReplicas", 1);
      assertThat(world.refusal(request("replicas", 41, "minReplicas", 1)))
          .isEqualTo(Refusal.TOO_MANY_QUOTES);
      ask("replicas", 40, "minReplicas", 1);
      world.holds();
    }

    @Test
    void isRefusedForLongerThanTheyMayStand() {
      RequestQuote tooLong =
          new RequestQuote(
              World.DEVELOPER, Samples.spec(), Duration.ofMinutes(10).plusMillis(1), Amount.ZERO);
      assertThat(world.refusal(tooLong)).isEqualTo(Refusal.VALUE_IS_INVALID);
    }

    @Test
    void isVoidAndLeavesNothingWhenTheNextRoundGivesItNothing() {
      Amount before = world.available();
      QuoteId id = ask();
      emptyRound();
      assertThat(quote(id).state()).isEqualTo(QuoteState.VOID);
      assertThat(world.available()).isEqualTo(before);
      nobodyIsHeld();
      world.holds();
    }

    @Test
    void isNotDecidedByARoundThatDidNotSeeIt() {
      long base = world.state().position();
      QuoteId id = ask();
      world.done(new CommitRound(new RoundPlan(Samples.round(base), List.of())));
      assertThat(quote(id).state()).isEqualTo(QuoteState.REQUESTED);
    }

    @Test
    void isVoidWhenNoRoundComes() {
      QuoteId id = ask();
      world.pass(Duration.ofSeconds(5));
      assertThat(quote(id).state()).isEqualTo(QuoteState.VOID);
      nobodyIsHeld();
      world.holds();
    }

    @Test
    void underAKeyWaitsForTheFirst() {
      QuoteId id = ((QuoteView) done(world.run(request(), key("k", "a")))).id();
      assertThat(((QuoteView) done(world.run(request(), key("k", "a")))).id()).isEqualTo(id);
      Outcome other = world.run(request(), key("k", "b"));
      assertThat(((Outcome.Refused) other).rejection().refusal())
          .isEqualTo(Refusal.KEY_WAS_USED_FOR_ANOTHER_REQUEST);
      assertThat(requests()).isOne();
      win(id, 150, miners.get(0));
      Outcome.Done again = (Outcome.Done) world.run(request(), key("k", "a"));
      assertThat(again.replayed()).isTrue();
      assertThat(again.answer()).isInstanceOf(Answer.GivenAt.class);
      assertThat(requests()).isOne();
      world.holds();
    }

    @Test
    void underAKeyIsForgottenWhenItIsVoid() {
      QuoteId id = ((QuoteView) done(world.run(request(), key("k", "a")))).id();
      emptyRound();
      QuoteView again = (QuoteView) done(world.run(request(), key("k", "a")));
      assertThat(again.id()).isNotEqualTo(id);
      win(again.id(), 150, miners.get(0));
      world.holds();
    }

    private Answer done(Outcome outcome) {
      assertThat(outcome).isInstanceOf(Outcome.Done.class);
      return ((Outcome.Done) outcome).answer();
    }

    private long requests() {
      return world.journal().stream().filter(s -> s.event() instanceof QuoteRequested).count();
    }
  }

  @Nested
  class Offer {

    @Test
    void holdsItsMinersAtAFirmPrice() {
      QuoteId id = offered("replicas", 2, "minReplicas", 2);
      assertThat(heldFor(id)).containsExactly(miners.get(0), miners.get(1));
      assertThat(quote(id).placements())
          .extracting(Placement::gasPrice)
          .containsOnly(GasPrice.of(150));
      assertThat(quote(id).standing().expiresAtMs()).isEqualTo(world.nowMs() + 120_000);
      world.holds();
    }

    @Test
    void keepsOthersAway() {
      QuoteId id = offered();
      DeploymentId other = world.create("maxGasPrice", "1000000");
      assertThat(world.offer(other, miners.get(0))).isEmpty();
      var newest = world.state().rounds().newest();
      assertThat(newest.get(newest.size() - 1).record().dropped())
          .containsExactly(new DroppedLine(other, miners.get(0), DropReason.RESERVED));
      assertThat(heldFor(id)).containsExactly(miners.get(0));
      world.holds();
    }

    @Test
    void isATenthOfTheIdleMinersAtMost() {
      QuoteId three = offered("replicas", 3, "minReplicas", 3);
      QuoteId two = ask("replicas", 2, "minReplicas", 2);
      win(two, 150, miners.get(10), miners.get(11));
      assertThat(quote(two).state()).isEqualTo(QuoteState.VOID);
      QuoteId one = ask();
      win(one, 150, miners.get(12));
      assertThat(quote(one).state()).isEqualTo(QuoteState.OFFERED);
      assertThat(heldFor(three)).hasSize(3);
      world.holds();
    }

    @Test
    void countsThoseWhoAreIdleAfterTheRound() {
      QuoteId id = ask("replicas", 4, "minReplicas", 4);
      DeploymentId other = world.create();
      List<PlannedLine> lines = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        lines.add(new PlannedLine(id.holder(), miners.get(i), GasPrice.of(100)));
      }
      lines.add(new PlannedLine(other, miners.get(9), GasPrice.of(100)));
      assertThat(world.commit(lines)).hasSize(1);
      assertThat(quote(id).state()).isEqualTo(QuoteState.VOID); // 39 are Idle now
      world.holds();
    }

    @Test
    void isNotMadeBelowMinReplicas() {
      QuoteId id = ask("replicas", 3, "minReplicas", 2);
      win(id, 150, miners.get(0));
      assertThat(quote(id).state()).isEqualTo(QuoteState.VOID);
      QuoteId enough = ask("replicas", 3, "minReplicas", 2);
      win(enough, 150, miners.get(0), miners.get(1));
      assertThat(heldFor(enough)).hasSize(2);
      world.holds();
    }

    @Test
    void isNotMadeOutsideItsConstraints() {
      QuoteId dear = ask("maxGasPrice", "140");
      win(dear, 150, miners.get(0));
      assertThat(quote(dear).state()).isEqualTo(QuoteState.VOID);
      QuoteId elsewhere = ask("regions", List.of("us"));
      win(elsewhere, 150, miners.get(0));
      assertThat(quote(elsewhere).state()).isEqualTo(QuoteState.VOID);
      nobodyIsHeld();
    }
  }

  @Nested
  class Redeem {

    @Test
    void placesItAtOnceAtTheFirmPrice() {
      QuoteId id = offered("replicas", 2, "minReplicas", 2);
      Amount before = world.available();
      DeploymentView view = (DeploymentView) world.done(redeem(id));
      assertThat(view.state()).isEqualTo(DeploymentState.PLACED);
      assertThat(view.assignments()).hasSize(2);
      assertThat(world.state().assignments().of(view.id()))
          .extracting(Assignment::placement)
          .allSatisfy(p -> assertThat(p.gasPrice()).isEqualTo(GasPrice.of(150)));
      assertThat(world.miner(miners.get(0)).state()).isEqualTo(MinerState.ACTIVE);
      assertThat(world.available()).isEqualTo(before);
      assertThat(quote(id).deploymentId()).isEqualTo(view.id());
      assertThat(world.state().miners().reserved()).isZero();
      world.holds();
    }

    @Test
    void takesANameAndLabels() {
      QuoteId id = offered();
      SortedMap<String, String> labels = new TreeMap<>(java.util.Map.of("team", "oracle"));
      DeploymentView view =
          (DeploymentView) world.done(new RedeemQuote(World.DEVELOPER, id, "mine", labels));
      assertThat(view.name()).isEqualTo("mine");
      assertThat(view.labels()).isEqualTo(labels);
      world.holds();
    }

    @Test
    void happensOnceAlsoAfterANewLeader() {
      QuoteId id = offered();
      world.done(redeem(id));
      world.takeOver();
      assertThat(world.refusal(redeem(id))).isEqualTo(Refusal.QUOTE_HAS_EXPIRED);
      world.holds();
    }

    @Test
    void answersARepeatedKeyWithThePlacedDeployment() throws Exception {
      QuoteId id = offered();
      Outcome.Done first = (Outcome.Done) world.run(redeem(id), key("r", "x"));
      Outcome.Done again = (Outcome.Done) world.run(redeem(id), key("r", "x"));
      assertThat(again.replayed()).isTrue();
      assertThat(world.first(again))
          .isEqualTo(
              io.phalanx.scheduler.codec.CoreJson.shown().writeValueAsString(first.answer()));
    }

    @Test
    void isRefusedAfterItsEnd() {
      QuoteId late = offered();
      world.pass(Duration.ofMinutes(2));
      assertThat(world.refusal(redeem(late))).isEqualTo(Refusal.QUOTE_HAS_EXPIRED);
      QuoteId withdrawn = offered();
      world.done(new WithdrawQuote(World.DEVELOPER, withdrawn));
      assertThat(world.refusal(redeem(withdrawn))).isEqualTo(Refusal.QUOTE_HAS_EXPIRED);
    }

    @Test
    void isRefusedToOthers() {
      QuoteId id = offered();
      assertThat(world.refusal(new RedeemQuote("eve", id, null, null)))
          .isEqualTo(Refusal.QUOTE_NOT_FOUND);
      assertThat(world.refusal(redeem(QuoteId.at(1)))).isEqualTo(Refusal.QUOTE_NOT_FOUND);
    }

    @Test
    void isRefusedWhileAMinerIsBeingReplaced() {
      QuoteId id = offered();
      world.done(new StopMiner(miners.get(0)));
      assertThat(world.refusal(redeem(id))).isEqualTo(Refusal.QUOTE_IS_NOT_READY);
    }

    @Test
    void leavesWhatWasNotWonToTheNextRounds() {
      QuoteId id = ask("replicas", 3, "minReplicas", 1);
      win(id, 150, miners.get(0));
      DeploymentView view = (DeploymentView) world.done(redeem(id));
      assertThat(world.deployment(view.id()).lacking()).isEqualTo(2);
      assertThat(world.offer(view.id(), miners.get(1), miners.get(2))).hasSize(2);
      world.holds();
    }

    @Test
    void isForThoseWhoCouldPayForItAnyway() {
      QuoteId id = ask("budget", world.available().toString());
      win(id, 150, miners.get(0));
      assertThat(world.available()).isEqualTo(Amount.ZERO);
      assertThat(world.refusal(new CreateDeployment(World.DEVELOPER, Samples.spec(), Amount.ZERO)))
          .isEqualTo(Refusal.BALANCE_IS_TOO_LOW);
      world.done(redeem(id));
      assertThat(world.available()).isEqualTo(Amount.ZERO);
      world.holds();
    }
  }

  @Nested
  class Loss {

    @Test
    void ofAMinerIsMadeGoodByTheNextRoundAtNoHigherPrice() {
      QuoteId id = offered("replicas", 2, "minReplicas", 2);
      world.done(new StopMiner(miners.get(0)));
      assertThat(quote(id).state()).isEqualTo(QuoteState.LACKING);
      assertThat(heldFor(id)).containsExactly(miners.get(1));
      long until = expiry(id);
      win(id, 150, miners.get(7));
      assertThat(quote(id).state()).isEqualTo(QuoteState.OFFERED);
      assertThat(heldFor(id)).containsExactly(miners.get(1), miners.get(7));
      assertThat(expiry(id)).isEqualTo(until);
      DeploymentView view = (DeploymentView) world.done(redeem(id));
      assertThat(view.state()).isEqualTo(DeploymentState.PLACED);
      world.holds();
    }

    private long expiry(QuoteId id) {
      Long expiresAtMs = quote(id).standing().expiresAtMs();
      return expiresAtMs == null ? -1 : expiresAtMs;
    }

    @Test
    void makesItVoidWhenAReplacementWouldCostMore() {
      QuoteId id = offered("replicas", 2, "minReplicas", 2);
      Amount held = world.available();
      world.done(new StopMiner(miners.get(0)));
      win(id, 151, miners.get(7));
      assertThat(quote(id).state()).isEqualTo(QuoteState.VOID);
      assertThat(world.available()).isEqualTo(held.plus(budget()));
      assertThat(world.state().miners().reserved()).isZero();
      assertThat(world.refusal(redeem(id))).isEqualTo(Refusal.QUOTE_HAS_EXPIRED);
      world.holds();
    }

    @Test
    void makesItVoidWhenNoRoundComes() {
      QuoteId id = offered();
      world.done(new CordonMiner(miners.get(0), "op", "repair", null));
      assertThat(quote(id).state()).isEqualTo(QuoteState.LACKING);
      world.pass(Duration.ofSeconds(5));
      assertThat(quote(id).state()).isEqualTo(QuoteState.VOID);
      world.holds();
    }

    @Test
    void comesOfEverythingThatMakesAMinerUnfit() {
      Stream<Object> causes =
          Stream.of(
              new StopMiner(miners.get(0)),
              new CordonMiner(miners.get(1), "op", "repair", null),
              new ChangeMinerTerms(miners.get(2), null, GasPrice.of(151)),
              new RenewEvidence(miners.get(3), Samples.evidence(3)));
      int next = 0;
      for (Object cause : causes.toList()) {
        QuoteId id = ask("tiers", List.of(1, 2));
        win(id, 150, miners.get(next++));
        world.done((io.phalanx.scheduler.command.Command) cause);
        assertThat(quote(id).state()).as("%s", cause).isEqualTo(QuoteState.LACKING);
        world.done(new WithdrawQuote(World.DEVELOPER, id));
      }
      world.holds();
    }

    @Test
    void ofACheapMinerLeavesTheDearOnesHeld() {
      MinerId cheap = world.started(Samples.registration("cheap", "c", 1000, 10));
      QuoteId id = ask("replicas", 2, "minReplicas", 2);
      world.commit(
          List.of(
              new PlannedLine(id.holder(), cheap, GasPrice.of(10)),
              new PlannedLine(id.holder(), miners.get(0), GasPrice.of(150))));
      world.done(new StopMiner(cheap));
      world.done(new ChangeMinerTerms(miners.get(5), "us", null));
      assertThat(heldFor(id)).containsExactly(miners.get(0));
      assertThat(quote(id).lacking()).isOne();
      world.holds();
    }

    @Test
    void doesNotComeOfWhatLeavesItFit() {
      QuoteId id = offered();
      world.done(new ChangeMinerTerms(miners.get(0), "us", GasPrice.of(150)));
      assertThat(quote(id).state()).isEqualTo(QuoteState.OFFERED);
      DeploymentView view = (DeploymentView) world.done(redeem(id));
      assertThat(view.state()).isEqualTo(DeploymentState.PLACED);
      world.holds();
    }

    @Test
    void comesOfEvidenceThatExpires() {
      MinerId miner =
          world.started(Samples.registration("x", Samples.evidenceUntil(world.nowMs() + 30_000)));
      QuoteId id = ask();
      win(id, 150, miner);
      world.pass(Duration.ofSeconds(31));
      assertThat(quote(id).state()).isEqualTo(QuoteState.LACKING);
      world.holds();
    }

    @Test
    void comesOfSilence() {
      RequestQuote lasting =
          new RequestQuote(World.DEVELOPER, Samples.spec(), Duration.ofMinutes(10), Amount.ZERO);
      QuoteId id = ((QuoteView) world.done(lasting)).id();
      win(id, 150, miners.get(0));
      world.skip(Duration.ofSeconds(90));
      miners.subList(1, 40).forEach(world::beat);
      assertThat(world.passSilently(Duration.ofSeconds(30)))
          .noneMatch(QuoteLostMiners.class::isInstance);
      assertThat(world.passSilently(Duration.ofSeconds(1)))
          .anyMatch(QuoteLostMiners.class::isInstance);
      world.holds();
    }

    @Test
    void happensTwiceBeforeARound() {
      QuoteId id = offered("replicas", 2, "minReplicas", 2);
      world.done(new StopMiner(miners.get(0)));
      world.done(new CordonMiner(miners.get(1), "op", "repair", null));
      assertThat(quote(id).lacking()).isEqualTo(2);
      win(id, 120, miners.get(5), miners.get(6));
      assertThat(heldFor(id)).containsExactly(miners.get(5), miners.get(6));
      world.done(new UncordonMiner(miners.get(1)));
      world.holds();
    }
  }

  @Nested
  class End {

    @Test
    void comesByItself() {
      Amount before = world.available();
      QuoteId id = offered();
      world.pass(Duration.ofMinutes(2).minusMillis(1));
      assertThat(quote(id).state()).isEqualTo(QuoteState.OFFERED);
      world.pass(Duration.ofMillis(1));
      assertThat(quote(id).state()).isEqualTo(QuoteState.EXPIRED);
      assertThat(world.available()).isEqualTo(before);
      nobodyIsHeld();
      world.holds();
    }

    @Test
    void comesByItselfUnderANewLeader() {
      offered();
      world.takeOver();
      world.pass(Duration.ofMinutes(2));
      nobodyIsHeld();
      world.holds();
    }

    @Test
    void comesByItsDeveloperAndRepeatingItAnswersTheSame() {
      QuoteId id = offered();
      Answer first = world.done(new WithdrawQuote(World.DEVELOPER, id));
      Answer again = world.done(new WithdrawQuote(World.DEVELOPER, id));
      assertThat(again).isEqualTo(first);
      nobodyIsHeld();
      world.holds();
    }

    @Test
    void isRefusedOnceItIsADeployment() {
      QuoteId id = offered();
      world.done(redeem(id));
      assertThat(world.refusal(new WithdrawQuote(World.DEVELOPER, id)))
          .isEqualTo(Refusal.QUOTE_WAS_REDEEMED);
    }
  }

  @Nested
  class States {

    @Test
    void moveAsTheTableSays() {
      assertThat(moves(QuoteState.REQUESTED))
          .containsExactly(QuoteState.OFFERED, QuoteState.WITHDRAWN, QuoteState.VOID);
      assertThat(moves(QuoteState.OFFERED))
          .containsExactly(
              QuoteState.LACKING, QuoteState.REDEEMED, QuoteState.EXPIRED, QuoteState.WITHDRAWN);
      assertThat(moves(QuoteState.LACKING))
          .containsExactly(
              QuoteState.OFFERED, QuoteState.EXPIRED, QuoteState.WITHDRAWN, QuoteState.VOID);
      assertThat(QuoteState.values())
          .filteredOn(QuoteState::isEnded)
          .allSatisfy(state -> assertThat(moves(state)).isEmpty());
    }

    private List<QuoteState> moves(QuoteState from) {
      return Arrays.stream(QuoteState.values()).filter(from::canBecome).toList();
    }
  }
}
