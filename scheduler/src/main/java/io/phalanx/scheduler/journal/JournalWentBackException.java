package io.phalanx.scheduler.journal;

/**
 * A row that was seen here before is gone: an old backup, or a standby that had missed it. The node
 * stops; an operator restores.
 */
public final class JournalWentBackException extends JournalException {
  private static final long serialVersionUID = 1L;

  /**
   * Something that is made from the journal was made from another one.
   *
   * @param sentence without its end
   */
  public JournalWentBackException(String sentence) {
    super("journal-went-back: " + sentence, null);
  }

  /** The row that ended there is missing. */
  public JournalWentBackException(JournalHead seen) {
    super(
        "journal-went-back: the row that ends at position %d with hash %s is not there"
            .formatted(seen.last(), seen.hash()),
        null);
  }
}
