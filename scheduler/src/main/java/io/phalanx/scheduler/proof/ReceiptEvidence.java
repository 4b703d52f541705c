package io.phalanx.scheduler.proof;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * What is laid before a {@link ReceiptCheck}: answers of the service as they were given.
 *
 * @param receipt the receipt
 * @param proof its place in the log and the path from there
 * @param head a signed head of the log, or a settlement, which carries one
 * @param earlier what is known of the log from before, if anything
 */
public record ReceiptEvidence(
    ObjectNode receipt, ObjectNode proof, ObjectNode head, @Nullable Earlier earlier) {

  /**
   * An older head, and the proof that the log has only grown since.
   *
   * @param head the older head, or settlement
   * @param consistency the path from its root to the newer one
   */
  public record Earlier(ObjectNode head, ObjectNode consistency) {}
}
