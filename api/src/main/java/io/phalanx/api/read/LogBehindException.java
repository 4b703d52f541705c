package io.phalanx.api.read;

/** The log of receipts has not come to what the caller may know of, and did not in good time. */
public final class LogBehindException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long events;

  /**
   * So far behind.
   *
   * @param events which are not in it yet
   */
  LogBehindException(long events) {
    super(sentence(events));
    this.events = events;
  }

  /** What the caller is told. */
  public String detail() {
    return sentence(events);
  }

  private static String sentence(long events) {
    return "The log of receipts is " + events + " events behind.";
  }
}
