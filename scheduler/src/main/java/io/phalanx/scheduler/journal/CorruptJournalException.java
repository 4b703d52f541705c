package io.phalanx.scheduler.journal;

import org.jspecify.annotations.Nullable;

/** A row is not what was written there: the node must not start, or must stop. */
public final class CorruptJournalException extends JournalException {
  private static final long serialVersionUID = 1L;

  private final long position;

  /**
   * @param position where the first row stands, or should stand, that does not fit
   */
  public CorruptJournalException(long position, String fault, @Nullable Throwable cause) {
    super("journal row at position " + position + ": " + fault, cause);
    this.position = position;
  }

  /** Where the first row stands, or should stand, that does not fit. */
  public long position() {
    return position;
  }
}
