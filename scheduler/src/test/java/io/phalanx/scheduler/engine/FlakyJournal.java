package io.phalanx.scheduler.engine;

import io.phalanx.scheduler.journal.Journal;
import io.phalanx.scheduler.journal.JournalHead;
import io.phalanx.scheduler.journal.JournalRow;
import io.phalanx.scheduler.journal.RowReader;
import io.phalanx.scheduler.journal.StoreFailedException;
import io.phalanx.scheduler.journal.UnknownOutcomeException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A real journal whose next append can be made to go wrong. */
final class FlakyJournal implements Journal {

  /** What goes wrong, once. */
  enum Fault {
    NONE,
    /** The row is not written, and that is known. */
    REFUSED,
    /** The row is written, and the answer is lost. */
    LOST_ANSWER,
    /** The row is not written, and the answer is lost. */
    LOST_ROW,
    /** The row is not written, which is known, and the journal does not close well, ever. */
    BROKEN
  }

  private final Journal real;
  private final AtomicReference<Fault> next;
  private volatile boolean broken;

  FlakyJournal(Journal real, AtomicReference<Fault> next) {
    this.real = real;
    this.next = next;
  }

  @Override
  public void append(JournalRow row) {
    switch (next.getAndSet(Fault.NONE)) {
      case NONE -> real.append(row);
      case REFUSED -> throw new StoreFailedException("the test's fault", null);
      case BROKEN -> {
        broken = true;
        throw new StoreFailedException("the test's fault", null);
      }
      case LOST_ANSWER -> {
        real.append(row);
        throw new UnknownOutcomeException("the test's fault", new IOException("lost"));
      }
      case LOST_ROW ->
          throw new UnknownOutcomeException("the test's fault", new IOException("lost"));
    }
  }

  @Override
  public String cell() {
    return real.cell();
  }

  @Override
  public JournalHead head() {
    return real.head();
  }

  @Override
  public long epoch() {
    return real.epoch();
  }

  @Override
  public void prepare() {
    real.prepare();
  }

  @Override
  public long claimEpoch(long seen, long next) {
    return real.claimEpoch(seen, next);
  }

  @Override
  public long read(long from, RowReader reader) {
    return real.read(from, reader);
  }

  @Override
  public Optional<JournalRow> holding(long position) {
    return real.holding(position);
  }

  @Override
  public JournalHead readAfter(JournalHead seen, RowReader reader) {
    return real.readAfter(seen, reader);
  }

  @Override
  public void close() {
    real.close();
    if (broken) {
      throw new StoreFailedException("the test's fault", null);
    }
  }
}
