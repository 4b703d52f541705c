package io.phalanx.scheduler.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.event.AccountEvent.ChargeCorrected;
import io.phalanx.scheduler.event.AssignmentEvent.GasCharged;
import io.phalanx.scheduler.event.CorruptStateException;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.event.SettlementEvent.SettlementClosed;
import io.phalanx.scheduler.merkle.TreeGrowth;
import io.phalanx.scheduler.merkle.TreeHash;
import io.phalanx.scheduler.proof.Receipt;
import io.phalanx.scheduler.proof.SettlementSeal;
import io.phalanx.scheduler.proof.SignedDocument;
import io.phalanx.scheduler.proof.SigningKey;
import io.phalanx.scheduler.receipt.ReceiptBatch;
import io.phalanx.scheduler.receipt.ReceiptStore;
import io.phalanx.scheduler.receipt.SignedLog;
import io.phalanx.scheduler.receipt.StoredCorrection;
import io.phalanx.scheduler.receipt.StoredReceipt;
import io.phalanx.scheduler.reward.PayoutInputs;
import io.phalanx.scheduler.settlement.CorrectedCharge;
import io.phalanx.scheduler.settlement.Settlement;
import io.phalanx.scheduler.state.Change.AssignmentChange;
import io.phalanx.scheduler.state.Change.MinerChange;
import io.phalanx.scheduler.state.Change.SettlementChange;
import io.phalanx.scheduler.statement.Correction;
import io.phalanx.scheduler.unit.Timestamps;
import io.phalanx.scheduler.view.SettlementView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns what was committed into the log: a receipt for each charge, a seal for each settlement. The
 * same batches make the same bytes, whenever they are followed. Not for several threads.
 */
final class ReceiptWriter {
  private final SignedLog log;
  private final TreeGrowth growth;
  private final RewardWriter rewards;
  private List<StoredReceipt> receipts = new ArrayList<>();
  private List<ReceiptBatch.Seal> seals = new ArrayList<>();
  private List<StoredCorrection> corrections = new ArrayList<>();
  private @Nullable ReceiptBatch unwritten;
  private @Nullable String lastRoot;

  ReceiptWriter(SignedLog log) {
    this.log = log;
    this.growth = TreeGrowth.resume(log.store(), log.store().size());
    this.rewards = new RewardWriter(log.store());
  }

  /** Takes a committed batch in; {@link #write} makes it durable. */
  void take(Replica.CommittedBatch batch) {
    List<StampedChange> changes = batch.changes();
    int at = 0;
    for (StampedEvent stamped : batch.events()) {
      int from = at;
      while (at < changes.size() && changes.get(at).moment().equals(stamped.moment())) {
        at++;
      }
      take(stamped, changes.subList(from, at));
    }
  }

  private void take(StampedEvent stamped, List<StampedChange> changes) {
    Moment moment = stamped.moment();
    for (StampedChange change : changes) {
      if (change.change() instanceof MinerChange miner) {
        rewards.take(miner.miner(), stamped.event(), moment);
      }
    }
    rewards.take(stamped.event(), moment);
    if (stamped.event() instanceof GasCharged event && event.charged() > 0) {
      append(event, moment, only(AssignmentChange.class, changes, moment));
    } else if (stamped.event() instanceof SettlementClosed event) {
      Settlement settlement = only(SettlementChange.class, changes, moment).settlement();
      seal(settlement, rewards.close(event));
    } else if (stamped.event() instanceof ChargeCorrected event) {
      correct(event.charge(), moment);
    }
  }

  /** Whether anything was taken in that is worth a write. */
  boolean hasNews() {
    return !receipts.isEmpty() || !seals.isEmpty() || !corrections.isEmpty() || rewards.hasPaid();
  }

  /** How many receipts wait to be written. */
  int waiting() {
    return receipts.size();
  }

  /** Writes all that was taken in; if it fails it can be called again before any more is. */
  void write(long followed) {
    ReceiptBatch batch = unwritten;
    if (batch == null) {
      batch =
          new ReceiptBatch(
              receipts, growth.changed(), seals, rewards.takeRows(), corrections, followed);
      corrections = new ArrayList<>();
      receipts = new ArrayList<>();
      seals = new ArrayList<>();
      unwritten = batch;
    }
    log.store().write(batch);
    unwritten = null;
  }

  /** The seal of a settlement, once it is written. */
  static Optional<SettlementSeal> seal(ReceiptStore store, long number) {
    return store.seal(number).map(body -> parse(body, SettlementSeal.class));
  }

  private void append(GasCharged event, Moment moment, AssignmentChange change) {
    Assignment assignment = change.assignment();
    byte[] body = Receipt.of(event, moment, assignment, event.signature()).canonical();
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

  private void correct(CorrectedCharge charge, Moment moment) {
    corrections.add(
        new StoredCorrection(
            moment.position(),
            moment.atMs(),
            charge.developer(),
            charge.operator(),
            charge.minerId().text(),
            text(charge)));
  }

  /**
   * Charges that were taken back.
   *
   * @param fromMs the first instant, Unix milliseconds
   * @param toMs the first instant after it
   */
  static List<Correction> corrections(ReceiptStore store, long fromMs, long toMs) {
    return store.corrections(fromMs, toMs).stream()
        .map(
            kept ->
                new Correction(
                    Timestamps.text(kept.atMs()), parse(kept.body(), CorrectedCharge.class)))
        .toList();
  }

  private void seal(Settlement settlement, PayoutInputs inputs) {
    ObjectNode document = CoreJson.shown().valueToTree(SettlementView.of(settlement, null));
    String root = growth.root().hex();
    String previousRoot = previousRoot(settlement.number());
    String inputsRoot = inputs.root().hex();
    String shareTotal = inputs.shareTotal().bits().toString();
    document.put("treeSize", growth.size()).put("root", root).put("previousRoot", previousRoot);
    document.put("inputsRoot", inputsRoot).put("shareTotal", shareTotal);
    SigningKey key = log.keys().at(settlement.toMs());
    ObjectNode signed = SignedDocument.sign(document, key);
    SettlementSeal seal =
        new SettlementSeal(
            growth.size(),
            root,
            previousRoot,
            inputsRoot,
            shareTotal,
            key.keyId(),
            signed.path("signature").textValue());
    seals.add(new ReceiptBatch.Seal(settlement.number(), text(seal)));
    lastRoot = root;
  }

  /** Of the newest settlement there is; a restore leaves numbers out. */
  private @Nullable String previousRoot(long number) {
    return lastRoot != null
        ? lastRoot
        : log.store()
            .sealBefore(number)
            .map(body -> parse(body, SettlementSeal.class).root())
            .orElse(null);
  }

  private static <T> T only(Class<T> type, List<StampedChange> changes, Moment moment) {
    for (StampedChange change : changes) {
      if (type.isInstance(change.change())) {
        return type.cast(change.change());
      }
    }
    throw new CorruptStateException("no " + type.getSimpleName() + " at " + moment.position());
  }

  private static String text(Object kept) {
    try {
      return CoreJson.stored().writeValueAsString(kept);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("what is kept of money cannot be written", e);
    }
  }

  private static <T> T parse(String text, Class<T> type) {
    try {
      return CoreJson.stored().readValue(text, type);
    } catch (IOException e) {
      throw new UncheckedIOException("what is kept of money cannot be read", e);
    }
  }
}
