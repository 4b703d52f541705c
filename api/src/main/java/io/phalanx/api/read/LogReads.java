package io.phalanx.api.read;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.journal.Hash;
import io.phalanx.scheduler.merkle.MerkleTree;
import io.phalanx.scheduler.proof.Receipt;
import io.phalanx.scheduler.proof.SigningKey;
import io.phalanx.scheduler.proof.TreeHead;
import io.phalanx.scheduler.receipt.ReceiptQuery;
import io.phalanx.scheduler.receipt.ReceiptQuery.Field;
import io.phalanx.scheduler.receipt.ReceiptStore;
import io.phalanx.scheduler.receipt.StoredReceipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The log of receipts. It is written a moment after the state, which is waited for: so every method
 * may block, and may throw {@link LogBehindException}.
 */
public final class LogReads {
  private static final long FOLLOW_WITHIN_MS = 2000;

  private final Engine engine;
  private final InstantSource clock;
  private final AtomicReference<@Nullable Head> newest = new AtomicReference<>();

  private record Head(long treeSize, String keyId, ObjectNode signed) {}

  /** Reads of that engine. */
  public LogReads(Engine engine, InstantSource clock) {
    this.engine = engine;
    this.clock = clock;
  }

  /**
   * Waits until the log has come to a position.
   *
   * @throws LogBehindException if it takes more than two seconds, as on a node that builds its log
   *     again
   */
  static void follow(Engine engine, long position) {
    try {
      if (engine.receipts().await(position, FOLLOW_WITHIN_MS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new LogBehindException(position - engine.receipts().reached());
  }

  /** The receipt of that id, with its place in the log. */
  public Optional<StoredReceipt> find(String id) {
    return find(engine, id);
  }

  /** Waits for that receipt only: all others may still be on their way. */
  static Optional<StoredReceipt> find(Engine engine, String id) {
    Optional<Long> position = Receipt.positionOf(id);
    if (position.isEmpty() || position.get() > engine.replica().head().last()) {
      return Optional.empty();
    }
    follow(engine, position.get());
    return engine.receipts().store().at(position.get());
  }

  /** As it is shown. */
  public ObjectNode view(StoredReceipt receipt) {
    try {
      ObjectNode view = CoreJson.stored().readValue(receipt.body(), ObjectNode.class);
      return view.put("leafIndex", receipt.leafIndex());
    } catch (IOException e) {
      throw new UncheckedIOException("a receipt cannot be read", e);
    }
  }

  /** A page of the receipts that match every field named. */
  public Page<ObjectNode> list(Map<Field, List<String>> fields, PageRequest request) {
    Cursor after = request.after();
    int limit = request.limit();
    ReceiptQuery query =
        new ReceiptQuery(
            fields,
            after == null ? ReceiptQuery.BEGINNING : after.position(),
            !request.ascending(),
            limit);
    List<StoredReceipt> page = store().page(query);
    boolean mayGoOn = page.size() == limit;
    String next = mayGoOn ? new Cursor(page.get(limit - 1).leafIndex()).text() : null;
    return new Page<>(page, next).map(this::view);
  }

  /** How many receipts the log has. */
  public long size() {
    return store().size();
  }

  /** The same, without waiting for the newest when there are so many already. */
  public long sizeFor(long wanted) {
    long now = engine.receipts().store().size();
    return now >= wanted ? now : size();
  }

  /** The signed head of the log. */
  public ObjectNode head() {
    long size = size();
    long now = clock.millis();
    SigningKey key = engine.receipts().keys().at(now);
    Head known = newest.get();
    if (known != null && known.treeSize() == size && known.keyId().equals(key.keyId())) {
      return known.signed();
    }
    ObjectNode signed = new TreeHead(size, tree(size).root(size), now).signed(key);
    newest.set(new Head(size, key.keyId(), signed));
    return signed;
  }

  /**
   * That a receipt is in the log.
   *
   * @param treeSize of the log that it is proven to be in: above its leaf's index, at most {@link
   *     #size}
   */
  public ObjectNode proof(StoredReceipt receipt, long treeSize) {
    ObjectNode proof =
        JsonNodeFactory.instance
            .objectNode()
            .put("leafIndex", receipt.leafIndex())
            .put("treeSize", treeSize);
    proof.set("path", path(tree(treeSize).inclusion(receipt.leafIndex(), treeSize).path()));
    return proof;
  }

  /**
   * That the log has only grown.
   *
   * @param first at most {@code second}
   * @param second at most {@link #size}
   */
  public ObjectNode consistency(long first, long second) {
    ObjectNode proof = JsonNodeFactory.instance.objectNode();
    proof.set("path", path(tree(second).consistency(first, second).path()));
    return proof;
  }

  /** The keys that heads and settlements are and were signed with. */
  public ObjectNode keys() {
    return engine.receipts().keys().verifying().json();
  }

  private ReceiptStore store() {
    follow(engine, engine.replica().head().last());
    return engine.receipts().store();
  }

  private MerkleTree tree(long size) {
    return new MerkleTree(engine.receipts().store(), size);
  }

  private static ArrayNode path(List<Hash> hashes) {
    ArrayNode path = JsonNodeFactory.instance.arrayNode();
    hashes.forEach(hash -> path.add(hash.hex()));
    return path;
  }
}
