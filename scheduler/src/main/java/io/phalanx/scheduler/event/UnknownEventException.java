package io.phalanx.scheduler.event;

/**
 * An event of a kind that this version does not know, or with more than it knows of it: a newer
 * version wrote it. The journal is whole, and this version must not go on: what it left out would
 * be missing from everything behind.
 */
public final class UnknownEventException extends CorruptStateException {

  private static final long serialVersionUID = 1L;

  /**
   * Says where it was met.
   *
   * @param position of the event
   * @param what is not known
   */
  public UnknownEventException(long position, String what) {
    super(
        "Event %d has %s that this version does not know: a newer version of Phalanx wrote it."
                .formatted(position, what)
            + " Update this node.");
  }
}
