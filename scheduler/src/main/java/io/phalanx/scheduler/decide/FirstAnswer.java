package io.phalanx.scheduler.decide;

import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.event.CorruptStateException;
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentCreated;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.event.SystemEvent.KeyRemembered;
import io.phalanx.scheduler.view.Answer;
import io.phalanx.scheduler.view.DeploymentView;
import java.util.List;

/** What was answered when an idempotency key was used first, told by the event that carries it. */
public final class FirstAnswer {

  private FirstAnswer() {}

  /**
   * The answer, whatever became of its subject since.
   *
   * @throws CorruptStateException if the event carries no key
   */
  public static Answer of(Event event, Moment moment) {
    if (event instanceof DeploymentCreated created && created.key() != null) {
      return DeploymentView.with(Deployment.created(created, moment), List.of());
    }
    if (event instanceof KeyRemembered remembered) {
      return new Answer.Stored(remembered.answer());
    }
    throw new CorruptStateException(event, moment, "it carries no key");
  }
}
