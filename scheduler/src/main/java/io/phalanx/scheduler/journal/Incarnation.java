package io.phalanx.scheduler.journal;

/**
 * What sets a restored journal apart from the one whose end was lost: positions and epochs go on so
 * far beyond its end that nothing lost can have had them. The number of an incarnation is part of
 * each of its epochs.
 */
public final class Incarnation {
  /** Terms of an incarnation, at most. */
  public static final long EPOCHS = 1L << 20;

  /** Positions that are left out for what may be lost: months of events at full speed. */
  public static final long POSITIONS = 1L << 36;

  /** Positions stay below this, so that every JSON reader takes them for exact numbers. */
  private static final long LAST_POSITION = 1L << 53;

  private Incarnation() {}

  /** The incarnation that an epoch is of; 0 before the first restore. */
  public static long of(long epoch) {
    return epoch / EPOCHS;
  }

  /**
   * The first epoch of an incarnation.
   *
   * @param seen the newest that was claimed
   * @param number above that of {@code seen}
   */
  public static long epoch(long seen, long number) {
    return seen + (number - of(seen)) * EPOCHS;
  }

  /**
   * The first position of an incarnation behind the event that begins it.
   *
   * @param position of that event
   * @param seen the newest epoch before it
   * @param number above that of {@code seen}
   */
  public static long position(long position, long seen, long number) {
    return position + 1 + (number - of(seen)) * POSITIONS;
  }

  /** The highest number that can follow. */
  public static long last(long position, long seen) {
    return of(seen) + (LAST_POSITION - position) / POSITIONS - 1;
  }
}
