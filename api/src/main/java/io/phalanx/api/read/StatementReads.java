package io.phalanx.api.read;

import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.proof.Receipt;
import io.phalanx.scheduler.receipt.ReceiptQuery;
import io.phalanx.scheduler.receipt.ReceiptQuery.Field;
import io.phalanx.scheduler.receipt.ReceiptStore;
import io.phalanx.scheduler.receipt.StoredReceipt;
import io.phalanx.scheduler.settlement.CorrectedCharge;
import io.phalanx.scheduler.statement.Charge;
import io.phalanx.scheduler.statement.Correction;
import io.phalanx.scheduler.statement.Statement;
import io.phalanx.scheduler.statement.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;

/** What somebody was charged or earned, added up from the log of receipts. Blocks for it. */
public final class StatementReads {
  /** Receipts are read so many at a time. */
  private static final int AT_ONCE = ReceiptQuery.MAX_LIMIT;

  private final Engine engine;

  /** Reads of that engine. */
  public StatementReads(Engine engine) {
    this.engine = engine;
  }

  /** Everything of one subject in a period. */
  public Statement statement(Subject subject, String name, Statement.Period period) {
    LogReads.follow(engine, engine.replica().head().last());
    ReceiptStore store = engine.receipts().store();
    long fromMs = period.from().toEpochMilli();
    long toMs = period.to().toEpochMilli();
    List<Correction> corrections = engine.receipts().corrections(fromMs, toMs);
    ReceiptQuery query = ReceiptQuery.oldest(AT_ONCE).of(field(subject), List.of(name));
    Span span = new Span(store.leafAt(fromMs), store.leafAt(toMs));
    return Statement.of(subject, name, period, () -> new Charges(store, query, span), corrections);
  }

  /** The charge of a receipt, as it is taken back. */
  public Optional<CorrectedCharge> charge(String receiptId) {
    return LogReads.find(engine, receiptId).map(StatementReads::corrected);
  }

  private static CorrectedCharge corrected(StoredReceipt stored) {
    Receipt receipt = receipt(stored);
    return new CorrectedCharge(
        receipt.id(),
        stored.atMs(),
        stored.owners().developer(),
        stored.owners().operator(),
        receipt.deploymentId(),
        receipt.assignmentId(),
        receipt.minerId(),
        receipt.gas(),
        receipt.fee(),
        receipt.treasury());
  }

  private static Receipt receipt(StoredReceipt stored) {
    try {
      return Receipt.parse(CoreJson.stored().readTree(stored.body()));
    } catch (IOException e) {
      throw new UncheckedIOException("a receipt cannot be read", e);
    }
  }

  private static Field field(Subject subject) {
    return switch (subject) { // no default: a new subject does not compile until it has its field
      case DEVELOPER -> Field.DEVELOPER;
      case OPERATOR -> Field.OPERATOR;
      case MINER -> Field.MINER;
    };
  }

  /** Leaves from the first to before the second. */
  private record Span(long from, long to) {}

  /** Charges, a page of receipts at a time. */
  private static final class Charges implements Iterator<Charge> {
    private final Queue<StoredReceipt> page = new ArrayDeque<>();
    private final ReceiptStore store;
    private final ReceiptQuery query;
    private final Span span;
    private long after;
    private boolean ended;

    Charges(ReceiptStore store, ReceiptQuery query, Span span) {
      this.store = store;
      this.query = query;
      this.span = span;
      this.after = span.from() - 1;
    }

    @Override
    public boolean hasNext() {
      if (page.isEmpty() && !ended) {
        List<StoredReceipt> next = store.page(query.after(after));
        ended = next.size() < AT_ONCE;
        for (StoredReceipt receipt : next) {
          after = receipt.leafIndex();
          if (after >= span.to()) {
            ended = true;
            break;
          }
          page.add(receipt);
        }
      }
      return !page.isEmpty();
    }

    @Override
    public Charge next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      StoredReceipt stored = page.remove();
      return new Charge(stored.owners().developer(), stored.owners().operator(), receipt(stored));
    }
  }

  /** Which field says whose a caller's own statement is. */
  public static Optional<Map.Entry<Subject, String>> own(Map<Field, String> receiptsOf) {
    return receiptsOf.entrySet().stream()
        .<Map.Entry<Subject, String>>map(
            own -> Map.entry(Subject.valueOf(own.getKey().name()), own.getValue()))
        .findFirst();
  }
}
