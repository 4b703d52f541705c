package io.phalanx.scheduler.journal;

/**
 * The write may be there or not. Send the same bytes again, on a journal opened anew if it is an
 * embedded one, and never decide anew at that position.
 */
public final class UnknownOutcomeException extends JournalException {
  private static final long serialVersionUID = 1L;

  public UnknownOutcomeException(String message, Throwable cause) {
    super(message, cause);
  }
}
