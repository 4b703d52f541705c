package io.phalanx.scheduler.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.command.QuoteCommand.RedeemQuote;
import io.phalanx.scheduler.command.QuoteCommand.RequestQuote;
import io.phalanx.scheduler.deployment.Placement;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentOffered;
import io.phalanx.scheduler.event.QuoteEvent.QuoteEnded;
import io.phalanx.scheduler.event.QuoteEvent.QuoteLostMiners;
import io.phalanx.scheduler.event.QuoteEvent.QuoteOffered;
import io.phalanx.scheduler.event.QuoteEvent.QuoteRedeemed;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.id.QuoteId;
import io.phalanx.scheduler.quote.QuoteState;
import io.phalanx.scheduler.round.PlannedLine;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import io.phalanx.scheduler.view.QuoteView;
import io.phalanx.scheduler.world.Samples;
import io.phalanx.scheduler.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What of quotes the audit finds when the journal says it. */
final class QuoteAuditTest {

  private final World world = new World();
  private final List<MinerId> miners = new ArrayList<>();

  @BeforeEach
  void offersAQuote() {
    for (int i = 0; i < 20; i++) {
      miners.add(world.idle("m" + i));
    }
  }

  private QuoteId offered() {
    RequestQuote request =
        new RequestQuote(World.DEVELOPER, Samples.spec(), Duration.ofMinutes(2), Amount.ZERO);
    QuoteId id = ((QuoteView) world.done(request)).id();
    world.commit(List.of(new PlannedLine(id.holder(), miners.get(0), GasPrice.of(150))));
    return id;
  }

  private Forgery forgery() {
    return new Forgery(world);
  }

  private void redeem(QuoteId id) {
    world.done(new RedeemQuote(World.DEVELOPER, id, null, null));
  }

  private static Placement at(Placement placement, long price) {
    return new Placement(
        placement.replica(),
        placement.minerId(),
        placement.tier(),
        placement.performance(),
        placement.operator(),
        placement.region(),
        GasPrice.of(price),
        null);
  }

  @Nested
  class Finds {
    @Test
    void nothingInWhatTheWriterWrote() {
      redeem(offered());
      assertThat(forgery().broken()).isEmpty();
    }

    @Test
    void aMinerThatIsGivenToAnother() {
      offered();
      DeploymentId other = world.create();
      assertThat(forgery().offer(other, miners.get(0)).broken()).contains(4);
    }

    @Test
    void aRedemptionAtAnotherPrice() {
      redeem(offered());
      Forgery forged =
          forgery()
              .change(
                  AssignmentOffered.class,
                  e ->
                      new AssignmentOffered(
                          e.assignmentId(),
                          e.deploymentId(),
                          at(e.placement(), 151),
                          e.acknowledgeByMs(),
                          null));
      assertThat(forged.broken()).contains(2);
    }

    @Test
    void aRedemptionOfWhatIsOver() {
      QuoteId id = offered();
      redeem(id);
      assertThat(forgery().append(new QuoteRedeemed(id, DeploymentId.at(99))).broken()).contains(8);
    }

    @Test
    void aPriceAboveTheBid() {
      offered();
      Forgery forged =
          forgery()
              .change(
                  QuoteOffered.class,
                  e ->
                      new QuoteOffered(
                          e.quoteId(),
                          List.of(at(e.placements().get(0), 1001)),
                          e.expiresAtMs(),
                          e.round()));
      assertThat(forged.broken()).contains(2);
    }

    @Test
    void moreThanATenthHeld() {
      offered();
      Forgery forged =
          forgery()
              .change(
                  QuoteOffered.class,
                  e -> {
                    List<Placement> more = new ArrayList<>(e.placements());
                    for (int i = 1; i < 4; i++) {
                      Placement first = e.placements().get(0);
                      more.add(
                          new Placement(
                              i,
                              miners.get(i),
                              first.tier(),
                              first.performance(),
                              "op-m" + i,
                              first.region(),
                              first.gasPrice(),
                              null));
                    }
                    return new QuoteOffered(e.quoteId(), more, e.expiresAtMs(), e.round());
                  });
      assertThat(forged.broken()).contains(2, 4);
    }

    @Test
    void aLossWithoutACause() {
      QuoteId id = offered();
      QuoteLostMiners lost = new QuoteLostMiners(id, List.of(miners.get(0)), world.nowMs() + 5000);
      assertThat(forgery().append(lost).broken()).contains(4);
    }

    @Test
    void anEndBeforeItsTime() {
      QuoteId id = offered();
      assertThat(forgery().append(new QuoteEnded(id, QuoteState.EXPIRED)).broken()).contains(4);
      assertThat(forgery().append(new QuoteEnded(id, QuoteState.VOID)).broken()).contains(4);
    }
  }
}
