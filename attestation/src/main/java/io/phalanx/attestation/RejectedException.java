package io.phalanx.attestation;

/** Ends a verification from any depth; the verifier turns it into {@link Verdict.Rejected}. */
public final class RejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final RejectReason reason;

  /** With a stable reason and a sentence that says what was seen. */
  public RejectedException(RejectReason reason, String sentence) {
    super(sentence, null, false, false); // hostile input must not buy stack traces
    this.reason = reason;
  }

  /** The stable part. */
  public RejectReason reason() {
    return reason;
  }

  /** The part for people. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
