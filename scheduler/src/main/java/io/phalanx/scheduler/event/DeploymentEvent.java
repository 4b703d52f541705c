package io.phalanx.scheduler.event;

import io.phalanx.scheduler.deployment.DeploymentEndReason;
import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.unit.Amount;
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
