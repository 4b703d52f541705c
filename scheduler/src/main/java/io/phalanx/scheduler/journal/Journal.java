package io.phalanx.scheduler.journal;

import java.util.Optional;

/**
 * The durable log of one cell, and the only thing that fences a stale leader.
 *
 * <p>One writer: {@link #append} and {@link #claimEpoch} come from one thread at a time, with one
 * append in flight. Reading is open to every thread at any time. Every method may throw {@link
 * StoreFailedException}; what it says about the next call stands there.
 */
public interface Journal extends AutoCloseable {
  String cell();

  /** The newest row; the genesis in an empty journal. */
  JournalHead head();

  /** The newest epoch that was claimed, 0 before the first; may be ahead of the head's. */
  long epoch();

  /**
   * Has at hand what a claim and an append need, so that a node which may have to lead loses no
   * time then. To be called again and again; it costs nothing while nothing is missing.
   */
  default void prepare() {}

  /**
   * Takes the lead, if nobody has since {@code seen} was read.
   *
   * @param seen what {@link #epoch} said
   * @return {@code seen + 1}
   * @throws FencedException if another claim came first
   * @throws UnknownOutcomeException if it may have been claimed: read {@link #epoch} and claim that
   */
  default long claimEpoch(long seen) {
    return claimEpoch(seen, seen + 1);
  }

  /**
   * The same with an epoch further on, when those between may have been another's.
   *
   * @param next above {@code seen}
   * @return {@code next}
   */
  long claimEpoch(long seen, long next);

  /**
   * Writes one row behind the present head. Durable when it returns. The same row again is a
   * success, whoever leads by then: so an unknown outcome is settled by trying once more.
   *
   * @throws FencedException if this row is not there and never can be
   * @throws UnknownOutcomeException if it may be there or not
   * @throws StoreFailedException if it is not there
   */
  void append(JournalRow row);

  /**
   * Reads forward from the row that holds position {@code from}, checking the hash of every row,
   * its link to the row before, that positions have no gap and that epochs never fall. The genesis
   * is checked but not handed over, as it holds no event.
   *
   * @param from 0 to verify the whole journal
   * @return position of the last row handed over; {@code from - 1} (at least 0) if there was none
   * @throws CorruptJournalException naming the first row that does not fit
   */
  long read(long from, RowReader reader);

  /**
   * The row that holds a position, its own hash checked, its place in the chain not.
   *
   * @return empty if the journal does not reach so far
   * @throws CorruptJournalException if it is not what was written there
   */
  Optional<JournalRow> holding(long position);

  /**
   * Reads what follows a row that was seen before, checking the link to it as well.
   *
   * @return the newest row read; {@code seen} itself if nothing follows
   * @throws JournalWentBackException if that row is not in the journal (any more)
   * @throws CorruptJournalException naming the first row that does not fit
   */
  JournalHead readAfter(JournalHead seen, RowReader reader);

  /** Waits for the append in flight, then closes. Closing twice is harmless. */
  @Override
  void close();
}
