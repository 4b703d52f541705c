package io.phalanx.scheduler.decide;

import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.AssignmentEndReason;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.deployment.DeploymentEndReason;
import io.phalanx.scheduler.event.DeploymentEvent.GatheringEnded;
import io.phalanx.scheduler.event.DeploymentEvent.RetentionReleased;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.MinerEvent.MinerCooledDown;
import io.phalanx.scheduler.event.MinerEvent.MinerTierChanged;
import io.phalanx.scheduler.event.MinerEvent.MinerUncordoned;
import io.phalanx.scheduler.event.SettlementEvent.SettlementClosed;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.id.QuoteId;
import io.phalanx.scheduler.miner.Evidence;
import io.phalanx.scheduler.miner.TierChangeReason;
import io.phalanx.scheduler.settlement.Settlements;
import io.phalanx.scheduler.state.State;
import io.phalanx.scheduler.state.Timer;
import java.util.List;
import java.util.function.Function;

/** What happens when something falls due. Each firing removes its timer from the state. */
final class TimerDecider {

  private final State state;
  private final Endings endings;
  private final QuoteDecider quotes;

  TimerDecider(State state) {
    this.state = state;
    this.endings = new Endings(state);
    this.quotes = new QuoteDecider(state);
  }

  List<Event> fire(Timer timer, long atMs) {
    return switch (timer.kind()) {
      case SETTLEMENT -> List.of(close());
      case ACKNOWLEDGEMENT ->
          endings.end(
              state.assignments().known(new AssignmentId(timer.subject())),
              AssignmentEndReason.ACK_TIMEOUT,
              null,
              atMs);
      case SILENCE_GRACE ->
          onMiner(timer, runs -> endings.end(runs, AssignmentEndReason.MINER_LOST, null, atMs));
      case DRAIN -> onMiner(timer, runs -> endings.endLeft(runs, atMs));
      case CORDON -> List.of(new MinerUncordoned(new MinerId(timer.subject())));
      case COOL_DOWN -> List.of(new MinerCooledDown(new MinerId(timer.subject())));
      case QUEUE_TIMEOUT -> endings.end(deployment(timer), DeploymentEndReason.QUEUE_TIMEOUT);
      case LIFETIME -> endings.end(deployment(timer), DeploymentEndReason.LIFETIME_ENDED);
      case RETENTION -> {
        Deployment deployment = deployment(timer);
        yield List.of(new RetentionReleased(deployment.id(), deployment.funds().held()));
      }
      case GATHERING ->
          List.of(
              new GatheringEnded(
                  new DeploymentId(timer.subject()),
                  atMs + state.policy().gathering().rest().toMillis()));
      case QUOTE -> List.of(quotes.fire(new QuoteId(timer.subject()), atMs));
      case EVIDENCE -> List.of(expire(new MinerId(timer.subject())));
    };
  }

  private MinerTierChanged expire(MinerId id) {
    Evidence evidence = state.miners().known(id).evidence();
    return new MinerTierChanged(
        id, evidence.standingTier(), null, TierChangeReason.EXPIRED, evidence.expired());
  }

  private SettlementClosed close() {
    Settlements settlements = state.settlements();
    return new SettlementClosed(
        settlements.lastNumber() + 1,
        settlements.openFromMs(),
        settlements.openToMs(),
        settlements.openLines().stream()
            .map(line -> line.withholding(state.ledger().owedBy(line.minerId())))
            .toList());
  }

  private List<Event> onMiner(Timer timer, Function<Assignment, List<Event>> then) {
    AssignmentId running =
        state.miners().known(new MinerId(timer.subject())).standing().assignmentId();
    return running == null ? List.of() : then.apply(state.assignments().known(running));
  }

  private Deployment deployment(Timer timer) {
    return state.deployments().known(new DeploymentId(timer.subject()));
  }
}
