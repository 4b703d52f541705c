package io.phalanx.scheduler.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.event.AssignmentEvent.GasCharged;
import io.phalanx.scheduler.event.CorruptStateException;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.event.SettlementEvent.SettlementClosed;
import io.phalanx.scheduler.merkle.TreeGrowth;
import io.phalanx.scheduler.merkle.TreeHash;
import io.phalanx.scheduler.proof.Receipt;
import io.phalanx.scheduler.proof.SettlementSeal;
import io.phalanx.scheduler.proof.SignedDocument;
import io.phalanx.scheduler.receipt.ReceiptBatch;
import io.phalanx.scheduler.receipt.ReceiptStore;
import io.phalanx.scheduler.receipt.SignedLog;
import io.phalanx.scheduler.receipt.StoredReceipt;
import io.phalanx.scheduler.settlement.Settlement;
import io.phalanx.scheduler.state.Change.AssignmentChange;
import io.phalanx.scheduler.state.Change.SettlementChange;
import io.phalanx.scheduler.view.SettlementView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns what was committed into the log: a receipt for each charge, a seal for each settlement. The
 * same batches make the same bytes, whenever they are followed. Not for several threads.
 */
final class ReceiptWriter {
  private final SignedLog log;
  private final TreeGrowth growth;
  private List<StoredReceipt> receipts = new ArrayList<>();
  private List<ReceiptBatch.Seal> seals = new ArrayList<>();
  private @Nullable ReceiptBatch unwritten;
  private @Nullable String lastRoot;
  private long lastNumber;

  ReceiptWriter(SignedLog log) {
    this.log = log;
    this.growth = TreeGrowth.resume(log.store(), log.store().size());
  }

  /** Takes a committed batch in; {@link #write} makes it durable. */
  void take(Replica.CommittedBatch batch) {
    Map<Long, StampedChange> changes = new HashMap<>();
    for (StampedChange change : batch.changes()) {
      if (change.change() instanceof AssignmentChange
          || change.change() instanceof SettlementChange) {
        changes.put(change.moment().position(), change);
      }
    }
    for (StampedEvent stamped : batch.events()) {
      if (stamped.event() instanceof GasCharged event && event.charged() > 0) {
        append(event, stamped.moment(), assignment(changes, stamped.moment()));
      } else if (stamped.event() instanceof SettlementClosed) {
        seal(settlement(changes, stamped.moment()));
      }
    }
  }

  /** Whether anything was taken in that is worth a write. */
  boolean hasNews() {
    return !receipts.isEmpty() || !seals.isEmpty();
  }

  /** How many receipts wait to be written. */
  int waiting() {
    return receipts.size();
  }

  /** Writes all that was taken in; if it fails it can be called again before any more is. */
  void write(long followed) {
    ReceiptBatch batch = unwritten;
    if (batch == null) {
      batch = new ReceiptBatch(receipts, growth.changed(), seals, followed);
      receipts = new ArrayList<>();
      seals = new ArrayList<>();
      unwritten = batch;
    }
    log.store().write(batch);
    unwritten = null;
  }

  /** The seal of a settlement, once it is written. */
  static Optional<SettlementSeal> seal(ReceiptStore store, long number) {
    return store.seal(number).map(ReceiptWriter::parse);
  }

  private void append(GasCharged event, Moment moment, AssignmentChange change) {
    Assignment assignment = change.assignment();
    byte[] body = Receipt.of(event, moment, assignment, null).canonical();
    StoredReceipt.Owners owners =
        new StoredReceipt.Owners(
            change.developer(),
            assignment.placement().operator(),
            assignment.deploymentId().text(),
            assignment.id().text(),
            assignment.minerId().text());
    receipts.add(new StoredReceipt(growth.size(), moment.position(), moment.atMs(), owners, body));
    growth.append(TreeHash.ofLeaf(body));
  }

  private void seal(Settlement settlement) {
    ObjectNode document = CoreJson.shown().valueToTree(SettlementView.of(settlement, null));
    String root = growth.root().hex();
    String previousRoot = previousRoot(settlement.number());
    document.put("treeSize", growth.size()).put("root", root).put("previousRoot", previousRoot);
    ObjectNode signed = SignedDocument.sign(document, log.key());
    SettlementSeal seal =
        new SettlementSeal(
            growth.size(),
            root,
            previousRoot,
            null,
            null,
            log.key().keyId(),
            signed.path("signature").textValue());
    seals.add(new ReceiptBatch.Seal(settlement.number(), text(seal)));
    lastNumber = settlement.number();
    lastRoot = root;
  }

  private @Nullable String previousRoot(long number) {
    if (number == 1) {
      return null;
    }
    return lastNumber == number - 1
        ? lastRoot
        : seal(log.store(), number - 1)
            .orElseThrow(() -> new IllegalStateException("no seal of " + (number - 1)))
            .root();
  }

  private static AssignmentChange assignment(Map<Long, StampedChange> changes, Moment moment) {
    StampedChange change = changes.get(moment.position());
    if (change != null && change.change() instanceof AssignmentChange assignment) {
      return assignment;
    }
    throw new CorruptStateException("no assignment was charged at " + moment.position());
  }

  private static Settlement settlement(Map<Long, StampedChange> changes, Moment moment) {
    StampedChange change = changes.get(moment.position());
    if (change != null && change.change() instanceof SettlementChange settlement) {
      return settlement.settlement();
    }
    throw new CorruptStateException("no settlement was closed at " + moment.position());
  }

  private static String text(SettlementSeal seal) {
    try {
      return CoreJson.stored().writeValueAsString(seal);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a seal cannot be written", e);
    }
  }

  private static SettlementSeal parse(String text) {
    try {
      return CoreJson.stored().readValue(text, SettlementSeal.class);
    } catch (IOException e) {
      throw new UncheckedIOException("a seal cannot be read", e);
    }
  }
}
