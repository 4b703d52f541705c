package io.phalanx.scheduler.journal;

/** Another leader has written or claimed: this row or claim never takes effect. */
public final class FencedException extends JournalException {
  private static final long serialVersionUID = 1L;

  /** What refused it. */
  public enum Reason {
    /** A newer epoch has been claimed. */
    EPOCH_IS_STALE,
    /** The row's predecessor is followed by another row, or its positions are taken. */
    POSITION_IS_TAKEN,
    /** The row's predecessor is not in the journal: it was refused itself. */
    PREDECESSOR_IS_MISSING
  }

  private final Reason reason;

  public FencedException(Reason reason, String message) {
    super(message, null);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
