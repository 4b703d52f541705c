package io.phalanx.scheduler.decision;

import io.phalanx.scheduler.event.Event;
import java.util.List;

/** What a command comes to: data, decided without changing anything. */
public sealed interface Decision {

  /**
   * It happens.
   *
   * @param events what happens, in this order; none when the command changes nothing
   */
  record Accepted(List<Event> events) implements Decision {
    /** Copies the events. */
    public Accepted {
      events = List.copyOf(events);
    }
  }

  /**
   * It does not happen.
   *
   * @param rejection why
   */
  record Refused(Rejection rejection) implements Decision {}

  /** It happens. */
  static Decision accept(Event... events) {
    return new Accepted(List.of(events));
  }

  /** It happens. */
  static Decision accept(List<Event> events) {
    return new Accepted(events);
  }

  /** It does not happen. */
  static Decision refuse(Refusal refusal, String detail) {
    return new Refused(Rejection.of(refusal, detail));
  }
}
