package io.phalanx.scheduler.event;

import io.phalanx.scheduler.deployment.DeploymentEndReason;
import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.unit.Amount;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens to a deployment. */
public sealed interface DeploymentEvent extends Event {

  /** The deployment. */
  DeploymentId deploymentId();

  /**
   * A deployment was accepted; its budget is held.
   *
   * @param deploymentId its name, from this event's position
   * @param developer whose it is
   * @param spec what is asked for
   * @param key the idempotency key it was asked for under, if under one
   */
  record DeploymentCreated(
      DeploymentId deploymentId, String developer, DeploymentSpec spec, @Nullable KeyMark key)
      implements DeploymentEvent {

    /** The same under a key. */
    public DeploymentCreated under(KeyMark used) {
      return new DeploymentCreated(deploymentId, developer, spec, used);
    }

    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /**
   * Its developer changed it; the held budget moves by the difference.
   *
   * @param deploymentId the deployment
   * @param spec what is asked for now
   * @param waitsAnew whether its wait counts from now
   */
  record DeploymentChanged(DeploymentId deploymentId, DeploymentSpec spec, boolean waitsAnew)
      implements DeploymentEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /**
   * It is over; its assignments have ended just before.
   *
   * @param deploymentId the deployment
   * @param reason why
   * @param released what is given back at once
   */
  record DeploymentEnded(DeploymentId deploymentId, DeploymentEndReason reason, Amount released)
      implements DeploymentEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /**
   * Miners that fall Idle are held for it from now on.
   *
   * @param deploymentId the deployment, which needs several at once
   * @param untilMs for how long at most, Unix milliseconds
   */
  record GatheringBegan(DeploymentId deploymentId, long untilMs) implements DeploymentEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /**
   * Who is held for it has changed.
   *
   * @param deploymentId the deployment that gathers
   * @param reserved miners that are held for it now
   * @param released miners that are no longer, because they do not suit any more
   */
  record MinersReserved(DeploymentId deploymentId, List<MinerId> reserved, List<MinerId> released)
      implements DeploymentEvent {

    /** Copies the lists. */
    public MinersReserved {
      reserved = List.copyOf(reserved);
      released = List.copyOf(released);
    }

    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /**
   * It was not placed in time, or needs no several at once any more: who is held for it is free.
   *
   * @param deploymentId the deployment that gathered
   * @param restsUntilMs it gathers again no sooner, Unix milliseconds
   */
  record GatheringEnded(DeploymentId deploymentId, long restsUntilMs) implements DeploymentEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /**
   * What was kept for final readings is given back.
   *
   * @param deploymentId the ended deployment
   * @param released what is given back
   */
  record RetentionReleased(DeploymentId deploymentId, Amount released) implements DeploymentEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }
}
