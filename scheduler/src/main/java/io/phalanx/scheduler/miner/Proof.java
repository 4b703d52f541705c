package io.phalanx.scheduler.miner;

import org.jspecify.annotations.Nullable;

/**
 * What comes with evidence from a node that has verified it.
 *
 * @param file the evidence itself; none where it was rejected
 * @param collateral what came with a quote, if the verdict rests on that
 * @param nonce the nonce that the evidence was made for; none where it was rejected
 * @param nonceAtMs when the nonce was given out, Unix milliseconds
 * @param sentence why it was rejected, for people
 */
public record Proof(
    @Nullable EvidenceFile file,
    @Nullable Collateral collateral,
    @Nullable String nonce,
    long nonceAtMs,
    @Nullable String sentence) {

  /** Of evidence that proves nothing. */
  public static Proof rejected(String sentence) {
    return new Proof(null, null, null, 0, sentence);
  }
}
