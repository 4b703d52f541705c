package io.phalanx.scheduler.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.event.AssignmentEvent.GasCharged;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.event.SettlementEvent.SettlementAcknowledged;
import io.phalanx.scheduler.event.SettlementEvent.SettlementClosed;
import io.phalanx.scheduler.event.SystemEvent.PolicyChanged;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.miner.MinerState;
import io.phalanx.scheduler.policy.Policy;
import io.phalanx.scheduler.receipt.ReceiptStore;
import io.phalanx.scheduler.receipt.RewardRows;
import io.phalanx.scheduler.receipt.RewardRows.InputChunk;
import io.phalanx.scheduler.receipt.RewardRows.MinerRow;
import io.phalanx.scheduler.receipt.RewardRows.Paid;
import io.phalanx.scheduler.reward.Earner;
import io.phalanx.scheduler.reward.PayoutInputs;
import io.phalanx.scheduler.reward.Phase;
import io.phalanx.scheduler.reward.RewardBook;
import io.phalanx.scheduler.settlement.Payout;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows what miners do and what they are paid, and says at the end of each period what the
 * payouts for it are computed from. Not for several threads.
 */
final class RewardWriter {
  private final RewardBook book;
  private final List<InputChunk> inputs = new ArrayList<>();
  private final List<Paid> paid = new ArrayList<>();
  private Facts facts;
  private Facts written;

  /**
   * What must be known beside the miners.
   *
   * @param policy the figures in force
   * @param openToMs the first instant after the open period, Unix milliseconds; 0 while it is not
   * @param lastToMs the first instant after the newest closed one
   */
  private record Facts(Policy policy, long openToMs, long lastToMs) {
    static final Facts NONE = new Facts(Policy.DEFAULT, 0, 0);

    Facts with(Policy next) {
      return new Facts(next, openToMs, lastToMs);
    }

    /** Of two instants in the open period the later one counts as its end. */
    long counted(long atMs) {
      return openToMs == 0 ? atMs : Math.min(atMs, openToMs);
    }

    Facts charged(long atMs) {
      if (openToMs != 0) {
        return this;
      }
      long periodMs = policy.gas().settlementPeriod().toMillis();
      return new Facts(policy, atMs - atMs % periodMs + periodMs, lastToMs);
    }
  }

  /** Goes on from what the store has. */
  RewardWriter(ReceiptStore store) {
    facts = store.rewardFacts().map(body -> parse(body, Facts.class)).orElse(Facts.NONE);
    written = facts;
    long periodMs = facts.policy().gas().settlementPeriod().toMillis();
    book = new RewardBook(facts.policy().rewardRules(), periodMs);
    List<Earner> earners =
        store.rewardMiners().stream().map(body -> parse(body, Earner.class)).toList();
    book.restore(new RewardBook.Image(earners, facts.lastToMs()));
  }

  /** A miner is so after the event. */
  void take(Miner miner, Event event, Moment moment) {
    if (!(event instanceof GasCharged)) { // which changes nothing of what counts
      follow(miner, facts.counted(moment.atMs()));
    }
  }

  /** What happened beside what miners do. */
  void take(Event event, Moment moment) {
    if (event instanceof GasCharged charge && charge.charged() > 0) {
      facts = facts.charged(moment.atMs());
    } else if (event instanceof PolicyChanged change) {
      facts = facts.with(change.policy());
      long periodMs = change.policy().gas().settlementPeriod().toMillis();
      book.changeRules(change.policy().rewardRules(), periodMs, facts.counted(moment.atMs()));
    } else if (event instanceof SettlementAcknowledged acknowledged) {
      acknowledged.payouts().forEach(payout -> pay(acknowledged.number(), payout, moment));
    }
  }

  /** A period was closed. */
  PayoutInputs close(SettlementClosed event) {
    PayoutInputs closed = book.close(event.fromMs(), event.toMs());
    facts = new Facts(facts.policy(), 0, event.toMs());
    inputs.addAll(InputChunks.of(event.number(), closed));
    return closed;
  }

  /** Whether a payout was taken in that is not yet to be kept. */
  boolean hasPaid() {
    return !paid.isEmpty();
  }

  /** What has changed since this was asked last, to be kept. */
  RewardRows takeRows() {
    String body = facts.equals(written) ? null : text(facts);
    written = facts;
    List<MinerRow> miners = book.takeTouched().stream().map(this::row).toList();
    RewardRows rows = new RewardRows(body, miners, inputs, paid);
    inputs.clear();
    paid.clear();
    return rows;
  }

  private MinerRow row(MinerId id) {
    return new MinerRow(id.text(), book.find(id).map(RewardWriter::text).orElse(null));
  }

  private void follow(Miner miner, long atMs) {
    MinerId id = miner.id();
    if (!miner.state().takesPart()) {
      book.stop(id);
      return;
    }
    Earner known = book.find(id).orElse(null);
    if (known == null) {
      known = start(miner, atMs);
    }
    Phase phase = phase(miner);
    if (known.times().phase() != phase) {
      book.enter(id, phase, atMs);
    }
    if (known.tier() != miner.evidence().tier()) {
      book.retier(id, miner.evidence().tier(), atMs);
    }
    int performance = counted(miner.performance(), known.initialPerformance());
    if (known.performance() != performance) {
      book.drift(id, performance, atMs);
    }
  }

  private Earner start(Miner miner, long atMs) {
    RewardBook.Terms terms =
        new RewardBook.Terms(miner.evidence().tier(), miner.performance(), miner.stake());
    book.start(miner.id(), miner.operator(), terms, atMs);
    return book.find(miner.id()).orElseThrow();
  }

  private static Phase phase(Miner miner) {
    boolean trusted = miner.evidence().standingTier() != null;
    if (!miner.standing().responsive() || !trusted) {
      return Phase.SILENT; // evidence that has lapsed counts as no tier, and no tier counts nothing
    }
    return miner.state() == MinerState.ACTIVE ? Phase.ACTIVE : Phase.IDLE;
  }

  /** A score counts up to 120 % of what it was at the start. */
  private int counted(int performance, int initial) {
    long highest = (long) initial * facts.policy().miners().driftPercent() / 100;
    return (int) Math.min(performance, highest);
  }

  private void pay(long number, Payout payout, Moment moment) {
    book.pay(payout.minerId(), payout.amount(), facts.counted(moment.atMs()));
    book.find(payout.minerId())
        .map(earner -> earner.value().value().bits().toString())
        .ifPresent(after -> paid.add(new Paid(number, payout.minerId().text(), after)));
  }

  private static String text(@Nullable Object known) {
    try {
      return CoreJson.stored().writeValueAsString(known);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("what payouts are computed from cannot be written", e);
    }
  }

  private static <T> T parse(String body, Class<T> type) {
    try {
      return CoreJson.stored().readValue(body, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("what payouts are computed from cannot be read", e);
    }
  }
}
