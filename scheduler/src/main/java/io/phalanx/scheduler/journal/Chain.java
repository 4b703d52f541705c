package io.phalanx.scheduler.journal;

/** Follows rows one by one and refuses the first that is not what was written there. */
final class Chain {
  private JournalHead head;

  private Chain(JournalHead head) {
    this.head = head;
  }

  /** A chain that goes on after a row that is known. */
  static Chain after(JournalHead known) {
    return new Chain(known);
  }

  /** A chain that begins with this row: its own hash is checked, what is before it is not. */
  static Chain from(String cell, JournalRow row) {
    if (row.isGenesis()) {
      checkGenesis(cell, row);
    } else {
      checkSeal(cell, row);
    }
    return new Chain(row.head());
  }

  /** The last row that fitted. */
  JournalHead head() {
    return head;
  }

  /** Where the next row must begin. */
  long next() {
    return head.last() + 1;
  }

  /**
   * The next row.
   *
   * @param isSealed whether its contents have its hash, found out by the caller
   * @throws CorruptJournalException if it does not follow the one before
   */
  void follow(JournalRow row, boolean isSealed) {
    if (!isSealed) {
      throw fault("its contents do not have its hash " + row.hash());
    }
    if (row.first() != next()) {
      throw fault("the next row there begins at position " + row.first());
    }
    if (!row.prevHash().equals(head.hash())) {
      throw fault("it is chained to " + row.prevHash() + ", the row before is " + head.hash());
    }
    if (row.epoch() < head.epoch()) {
      throw fault("its epoch %d is below %d".formatted(row.epoch(), head.epoch()));
    }
    head = row.head();
  }

  /**
   * The end of what could be read.
   *
   * @throws CorruptJournalException unless the journal's head has been reached
   */
  void end(JournalHead expected) {
    if (head.last() < expected.last()) {
      throw fault("it is missing, the journal goes on to " + expected.last());
    }
  }

  private CorruptJournalException fault(String fault) {
    return new CorruptJournalException(next(), fault, null);
  }

  private static void checkSeal(String cell, JournalRow row) {
    if (!row.isSealedFor(cell)) {
      throw new CorruptJournalException(
          row.first(), "its contents do not have its hash " + row.hash(), null);
    }
  }

  private static void checkGenesis(String cell, JournalRow row) {
    JournalRow genesis = JournalRow.genesis(cell);
    if (!row.equals(genesis) || !row.prevHash().equals(row.hash()) || !row.isSealedFor(cell)) {
      throw new CorruptJournalException(0, "it is not the genesis of cell " + cell, null);
    }
  }
}
