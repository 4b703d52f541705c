package io.phalanx.scheduler.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.scheduler.journal.Hash;
import io.phalanx.scheduler.merkle.ConsistencyProof;
import io.phalanx.scheduler.merkle.InclusionProof;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks a receipt with nothing but what the service once answered and its public keys. Every check
 * is made, whatever the others found.
 */
public final class ReceiptCheck {

  /**
   * What one check found.
   *
   * @param check what was checked
   * @param passed whether it holds
   * @param detail what was found, a phrase
   */
  public record Finding(String check, boolean passed, String detail) {}

  private final List<Finding> findings = new ArrayList<>();
  private final SchedulerKeys keys;

  private ReceiptCheck(SchedulerKeys keys) {
    this.keys = keys;
  }

  /** A finding for each thing there is to check, in a fixed order. */
  public static List<Finding> of(ReceiptEvidence evidence, SchedulerKeys keys) {
    ReceiptCheck check = new ReceiptCheck(keys);
    check.run("receipt", () -> receipt(evidence.receipt()));
    check.run("inclusion", () -> inclusion(evidence));
    check.run("head", () -> check.signature(evidence.head()));
    ReceiptEvidence.Earlier earlier = evidence.earlier();
    if (earlier != null) {
      check.run("earlierHead", () -> check.signature(earlier.head()));
      check.run("consistency", () -> consistency(earlier, evidence.head()));
    }
    return List.copyOf(check.findings);
  }

  /** Says what holds, or throws what does not. */
  @FunctionalInterface
  private interface Check {
    String holds();
  }

  private void run(String name, Check check) {
    try {
      findings.add(new Finding(name, true, check.holds()));
    } catch (IllegalArgumentException e) {
      String message = e.getMessage();
      findings.add(new Finding(name, false, message == null ? e.toString() : message));
    }
  }

  private static String receipt(ObjectNode shown) {
    Receipt receipt = Receipt.parse(shown);
    require(
        receipt.addsUp(),
        "fee " + receipt.fee() + " and treasury " + receipt.treasury() + " are not gas × gasPrice");
    return "%d gas at %s: fee %s, treasury %s"
        .formatted(receipt.gas(), receipt.gasPrice(), receipt.fee(), receipt.treasury());
  }

  private static String inclusion(ReceiptEvidence evidence) {
    long leafIndex = new ReceiptForm(evidence.proof()).integer("leafIndex");
    long treeSize = new ReceiptForm(evidence.proof()).integer("treeSize");
    long headSize = new ReceiptForm(evidence.head()).integer("treeSize");
    require(
        treeSize == headSize,
        "the proof is for a log of " + treeSize + " receipts, the head for one of " + headSize);
    JsonNode shownIndex = evidence.receipt().path("leafIndex");
    require(
        shownIndex.isMissingNode() || shownIndex.asLong(-1) == leafIndex,
        "the proof is for leaf " + leafIndex + ", the receipt says " + shownIndex.asText());
    InclusionProof proof = new InclusionProof(leafIndex, treeSize, path(evidence.proof()));
    require(
        proof.proves(Receipt.leafOf(evidence.receipt()), root(evidence.head())),
        "the path does not lead from this receipt to the head's root");
    return "leaf " + leafIndex + " of " + treeSize;
  }

  private String signature(ObjectNode document) {
    String keyId = SignedDocument.keyId(document);
    Optional<SchedulerKeys.Key> key = keys.find(keyId);
    require(key.isPresent(), "it is signed with an unknown key: " + keyId);
    require(
        SignedDocument.isSignedBy(key.orElseThrow().publicKey(), document),
        "the signature is not of key " + keyId);
    Instant time = time(document);
    require(key.orElseThrow().isValidAt(time), "key " + keyId + " is not valid at " + time);
    return "signed with " + keyId;
  }

  private static String consistency(ReceiptEvidence.Earlier earlier, ObjectNode head) {
    long first = new ReceiptForm(earlier.head()).integer("treeSize");
    long second = new ReceiptForm(head).integer("treeSize");
    require(first <= second, "the earlier head has " + first + " receipts, the later " + second);
    ConsistencyProof proof = new ConsistencyProof(first, second, path(earlier.consistency()));
    require(
        proof.proves(root(earlier.head()), root(head)),
        "the log of " + second + " receipts does not begin with that of " + first);
    return "the log grew from " + first + " to " + second;
  }

  /** Of a head its time, of a settlement the end of its period. */
  private static Instant time(ObjectNode document) {
    String text = document.path(document.has("time") ? "time" : "to").asText("");
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("it has no time", e);
    }
  }

  private static List<Hash> path(ObjectNode proof) {
    JsonNode path = proof.path("path");
    require(path.isArray(), "the proof has no path");
    List<Hash> hashes = new ArrayList<>();
    path.forEach(hash -> hashes.add(Hash.parse(hash.asText(""))));
    return hashes;
  }

  private static Hash root(ObjectNode head) {
    return Hash.parse(new ReceiptForm(head).text("root"));
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
