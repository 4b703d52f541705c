package io.phalanx.scheduler.event;

/**
 * An event does not fit the state it is applied to: the journal is damaged or the code that wrote
 * it was wrong. The node stops.
 */
public sealed class CorruptStateException extends RuntimeException permits UnknownEventException {

  private static final long serialVersionUID = 1L;

  /** Says which event and what it missed. */
  public CorruptStateException(Event event, Moment moment, String what) {
    super("event " + moment.position() + " does not fit: " + what + ": " + event);
  }

  /** Says what was missing. */
  public CorruptStateException(String what) {
    super(what);
  }
}
