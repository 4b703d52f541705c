package io.phalanx.api.evidence;

/** Where figures of verification go. */
public interface EvidenceMeter {

  /** Why evidence was verified. */
  enum Occasion {
    /** A miner handed it in. */
    HANDED_IN,
    /** It was kept, and judged again. */
    REVIEW
  }

  /**
   * Evidence was verified.
   *
   * @param verdict {@code accepted}, or the reason for which it was rejected
   * @param nanos how long it took
   */
  void verified(Occasion occasion, String verdict, long nanos);

  /** So many pieces of evidence wait to be judged again. */
  void awaitingReview(int count);

  /** Collateral was published, or refused for that reason. */
  void published(String verdict);
}
