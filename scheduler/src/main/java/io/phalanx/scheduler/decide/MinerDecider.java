package io.phalanx.scheduler.decide;

import static io.phalanx.scheduler.decision.Decision.accept;
import static io.phalanx.scheduler.decision.Decision.refuse;

import io.phalanx.scheduler.command.MinerCommand;
import io.phalanx.scheduler.command.MinerCommand.ChangeMinerTerms;
import io.phalanx.scheduler.command.MinerCommand.CordonMiner;
import io.phalanx.scheduler.command.MinerCommand.StartMiner;
import io.phalanx.scheduler.command.MinerCommand.StateStake;
import io.phalanx.scheduler.command.MinerCommand.StopMiner;
import io.phalanx.scheduler.command.MinerCommand.UncordonMiner;
import io.phalanx.scheduler.decision.Decision;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.decision.Rejection;
import io.phalanx.scheduler.deployment.AssignmentEndReason;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.MinerEvent.MinerBeganCoolDown;
import io.phalanx.scheduler.event.MinerEvent.MinerCordoned;
import io.phalanx.scheduler.event.MinerEvent.MinerStarted;
import io.phalanx.scheduler.event.MinerEvent.MinerTermsChanged;
import io.phalanx.scheduler.event.MinerEvent.MinerUncordoned;
import io.phalanx.scheduler.event.MinerEvent.StakeStated;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Cordon;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.miner.MinerState;
import io.phalanx.scheduler.state.State;
import io.phalanx.scheduler.unit.GasPrice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Start, stop and terms of miners. */
public final class MinerDecider {

  private final State state;
  private final Endings endings;

  /** Decides on that state. */
  public MinerDecider(State state) {
    this.state = state;
    this.endings = new Endings(state);
  }

  Decision decide(StartMiner command, long atMs) {
    return with(
        command,
        miner -> {
          if (miner.state() == MinerState.IDLE || miner.state() == MinerState.ACTIVE) {
            return accept(); // it has started; starting again changes nothing
          }
          if (miner.state() != MinerState.STOPPED) {
            return refuse(
                Refusal.MINER_IS_NOT_STOPPED,
                "The miner is cooling down; it can start after that.");
          }
          Optional<Rejection> guard =
              Guards.refusal(miner, state.policy(), atMs)
                  .or(() -> PlatformGuard.refusal(state, miner, miner.evidence()));
          return guard.isPresent()
              ? new Decision.Refused(guard.get())
              : accept(new MinerStarted(miner.id()));
        });
  }

  Decision decide(StopMiner command, long atMs) {
    return with(
        command,
        miner ->
            switch (miner.state()) {
              case STOPPED ->
                  refuse(
                      Refusal.MINER_IS_STOPPED, "The miner is Stopped; there is nothing to stop.");
              case COOLING_DOWN -> accept(); // it already leaves; the cool-down is not restarted
              case IDLE, ACTIVE -> leave(miner, atMs);
            });
  }

  private Decision leave(Miner miner, long atMs) {
    List<Event> events = new ArrayList<>();
    AssignmentId running = miner.standing().assignmentId();
    if (running != null) {
      events.addAll(
          endings.end(
              state.assignments().known(running), AssignmentEndReason.MINER_STOPPED, null, atMs));
    }
    long endsAtMs = atMs + state.policy().miners().coolDown().toMillis();
    events.add(new MinerBeganCoolDown(miner.id(), endsAtMs));
    return accept(events);
  }

  Decision decide(ChangeMinerTerms command) {
    return with(
        command,
        miner -> {
          if (miner.state() == MinerState.ACTIVE) {
            return refuse(
                Refusal.MINER_IS_ACTIVE, "The terms of a miner that runs a contract stand.");
          }
          String region = command.region() == null ? miner.region() : command.region();
          GasPrice price = command.gasPrice() == null ? miner.gasPrice() : command.gasPrice();
          return region.equals(miner.region()) && price.equals(miner.gasPrice())
              ? accept()
              : accept(new MinerTermsChanged(miner.id(), region, price));
        });
  }

  Decision decide(StateStake command) {
    return with(
        command,
        miner ->
            miner.stake().equals(command.amount())
                ? accept()
                : accept(new StakeStated(miner.id(), command.amount(), command.reference())));
  }

  Decision decide(CordonMiner command, long atMs) {
    return with(
        command,
        miner -> {
          Duration within = command.drainWithin();
          Long drainByMs = within == null ? null : atMs + within.toMillis();
          return accept(
              new MinerCordoned(
                  miner.id(), new Cordon(command.by(), command.reason(), null, drainByMs)));
        });
  }

  Decision decide(UncordonMiner command) {
    return with(
        command,
        miner -> miner.cordon() == null ? accept() : accept(new MinerUncordoned(miner.id())));
  }

  private Decision with(MinerCommand command, Function<Miner, Decision> then) {
    return state
        .miners()
        .find(command.minerId())
        .map(then)
        .orElseGet(() -> notFound(command.minerId()));
  }

  static Decision notFound(MinerId id) {
    return refuse(Refusal.MINER_NOT_FOUND, "There is no miner " + id + ".");
  }
}
