package io.phalanx.scheduler.proof;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.journal.Hash;
import io.phalanx.scheduler.merkle.MerkleTree;
import io.phalanx.scheduler.merkle.TreeGrowth;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A log of made-up receipts, with all the answers that a service would give. */
final class ReceiptLog {
  static final SigningKey KEY = SigningKey.of(new byte[SigningKey.SEED_BYTES]);

  private static final long NOON_MS = 1_767_268_800_000L;

  private final Map<List<Long>, List<Hash>> tiles = new HashMap<>();
  private final List<Receipt> receipts = new ArrayList<>();
  private final TreeGrowth growth = new TreeGrowth();

  static ReceiptLog of(int size) {
    ReceiptLog log = new ReceiptLog();
    for (int i = 0; i < size; i++) {
      log.append(receipt(i));
    }
    return log;
  }

  static Receipt receipt(int number) {
    long gas = 1_000L + number;
    return new Receipt(
        Receipt.idAt(100 + number),
        new DeploymentId("d-7"),
        new AssignmentId("a-9"),
        new MinerId("ab".repeat(32)),
        9,
        number,
        gas,
        GasPrice.of(150),
        Amount.of(120 * gas),
        Amount.of(30 * gas),
        "2026-01-01T12:00:00.000Z",
        null);
  }

  ObjectNode shown(int index) {
    return receipts.get(index).json().put("leafIndex", index);
  }

  ObjectNode proof(int index, int size) {
    ObjectNode answer =
        JsonNodeFactory.instance.objectNode().put("leafIndex", index).put("treeSize", size);
    answer.set("path", path(tree().inclusion(index, size).path()));
    return answer;
  }

  ObjectNode head(int size) {
    return new TreeHead(size, tree().root(size), NOON_MS).signed(KEY);
  }

  ObjectNode consistency(int first, int second) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("path", path(tree().consistency(first, second).path()));
    return answer;
  }

  ReceiptEvidence evidence(int index, int size) {
    return new ReceiptEvidence(shown(index), proof(index, size), head(size), null);
  }

  ReceiptEvidence evidenceSince(int earlier, int index, int size) {
    return new ReceiptEvidence(
        shown(index),
        proof(index, size),
        head(size),
        new ReceiptEvidence.Earlier(head(earlier), consistency(earlier, size)));
  }

  private void append(Receipt receipt) {
    receipts.add(receipt);
    growth.append(receipt.leaf());
    growth
        .changed()
        .forEach(tile -> tiles.put(List.of((long) tile.level(), tile.index()), tile.hashes()));
  }

  private MerkleTree tree() {
    return new MerkleTree(
        (level, index) -> tiles.getOrDefault(List.of((long) level, index), Collections.emptyList()),
        growth.size());
  }

  private static com.fasterxml.jackson.databind.JsonNode path(List<Hash> hashes) {
    var path = JsonNodeFactory.instance.arrayNode();
    hashes.forEach(hash -> path.add(hash.hex()));
    return path;
  }
}
