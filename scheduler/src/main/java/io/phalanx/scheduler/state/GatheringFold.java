package io.phalanx.scheduler.state;

import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.event.CorruptStateException;
import io.phalanx.scheduler.event.DeploymentEvent.GatheringBegan;
import io.phalanx.scheduler.event.DeploymentEvent.GatheringEnded;
import io.phalanx.scheduler.event.DeploymentEvent.MinersReserved;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import java.util.List;
import java.util.function.BiConsumer;

/** Spreads what concerns gathering over gatherings, miners and timers. */
final class GatheringFold {

  private final State state;
  private final BiConsumer<MinerId, Moment> tell;

  /**
   * One for that state.
   *
   * @param tell hears which miner has changed
   */
  GatheringFold(State state, BiConsumer<MinerId, Moment> tell) {
    this.state = state;
    this.tell = tell;
  }

  void apply(GatheringBegan event, Moment moment) {
    state.deployments().known(event.deploymentId());
    state.gatherings().apply(event, moment);
    state.timers().set(TimerKind.GATHERING, event.deploymentId().text(), event.untilMs());
  }

  void apply(MinersReserved event, Moment moment) {
    for (MinerId released : event.released()) {
      free(released, event.deploymentId(), moment);
    }
    for (MinerId reserved : event.reserved()) {
      state.miners().reserve(reserved, event.deploymentId());
      tell.accept(reserved, moment);
    }
  }

  void apply(GatheringEnded event, Moment moment) {
    freeAll(event.deploymentId(), moment);
    state.gatherings().apply(event, moment);
    state.timers().clear(TimerKind.GATHERING, event.deploymentId().text());
  }

  /** A deployment that was placed or has ended gathers nobody any more. */
  void settle(Deployment deployment, Moment moment) {
    boolean over = deployment.progress().everPlaced() || deployment.isEnded();
    if (over && state.gatherings().find(deployment.id()).isPresent()) {
      freeAll(deployment.id(), moment);
      state.gatherings().forget(deployment.id());
      state.timers().clear(TimerKind.GATHERING, deployment.id().text());
    }
  }

  private void freeAll(DeploymentId deployment, Moment moment) {
    for (MinerId held : List.copyOf(state.miners().reservedFor(deployment).values())) {
      free(held, deployment, moment);
    }
  }

  private void free(MinerId held, DeploymentId deployment, Moment moment) {
    if (!deployment.equals(state.miners().known(held).standing().reservedFor())) {
      throw new CorruptStateException(
          moment.position() + ": " + held + " is not held for " + deployment);
    }
    state.miners().reserve(held, null);
    tell.accept(held, moment);
  }
}
