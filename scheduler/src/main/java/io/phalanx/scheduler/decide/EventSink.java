package io.phalanx.scheduler.decide;

import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.Moment;

/** Takes events in the order in which they happened. */
public interface EventSink {

  /** The next event, already applied to the writer's state. */
  void accept(Event event, Moment moment);
}
