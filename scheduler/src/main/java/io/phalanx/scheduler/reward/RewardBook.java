package io.phalanx.scheduler.reward;

import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.unit.Amount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * The values of all miners that take part. It follows what has happened, in its order; each method
 * is told when, Unix milliseconds. What it is told of a miner that takes no part changes nothing.
 */
public final class RewardBook {
  private final NavigableMap<MinerId, Earner> earners = new TreeMap<>();
  private final NavigableSet<MinerId> touched = new TreeSet<>();
  private RewardRules rules;
  private long lastToMs;
  private long periodMs;

  /**
   * The book as data.
   *
   * @param earners all that take part
   * @param lastToMs the first instant after the newest closed period
   */
  public record Image(List<Earner> earners, long lastToMs) {
    /** Copies the list. */
    public Image {
      earners = List.copyOf(earners);
    }
  }

  /**
   * An empty book.
   *
   * @param periodMs length of a settlement's period
   */
  public RewardBook(RewardRules rules, long periodMs) {
    this.rules = rules;
    this.periodMs = periodMs;
  }

  /** Takes over what was kept. */
  public void restore(Image image) {
    image.earners().forEach(earner -> earners.put(earner.minerId(), earner));
    lastToMs = image.lastToMs();
  }

  /** All of it, to be kept. */
  public Image image() {
    return new Image(List.copyOf(earners.values()), lastToMs);
  }

  /** The miners that take part. */
  public Collection<Earner> earners() {
    return List.copyOf(earners.values());
  }

  /** The miner, if it takes part. */
  public Optional<Earner> find(MinerId id) {
    return Optional.ofNullable(earners.get(id));
  }

  /** The first instant after the newest closed period; 0 before the first. */
  public long lastToMs() {
    return lastToMs;
  }

  /** Miners that something was changed of since this was asked last; some take no part any more. */
  public List<MinerId> takeTouched() {
    List<MinerId> all = List.copyOf(touched);
    touched.clear();
    return all;
  }

  /**
   * Other figures count from now on: what was before is counted by the old ones.
   *
   * @param nextPeriodMs length of a settlement's period
   */
  public void changeRules(RewardRules next, long nextPeriodMs, long atMs) {
    if (!next.equals(rules)) {
      List.copyOf(earners.keySet()).forEach(id -> change(id, atMs, earner -> earner));
      rules = next;
    }
    periodMs = nextPeriodMs;
  }

  /** A miner was started: its value begins anew, from its stake and score. */
  public void start(MinerId id, String operator, Terms terms, long atMs) {
    touched.add(id);
    Value value = Value.start(rules.initialValue(terms.stake(), terms.performance(), terms.tier()));
    earners.put(
        id,
        new Earner(
            id,
            operator,
            terms.tier(),
            terms.performance(),
            terms.performance(),
            value,
            Earner.Times.from(atMs)));
  }

  /**
   * What a value begins from.
   *
   * @param tier 1 to 5
   * @param performance score P
   * @param stake what is bound for the miner
   */
  public record Terms(int tier, int performance, Amount stake) {}

  /** A miner was stopped: it leaves every sum at once. */
  public void stop(MinerId id) {
    if (earners.remove(id) != null) {
      touched.add(id);
    }
  }

  /** A miner does something else now. */
  public void enter(MinerId id, Phase phase, long atMs) {
    change(id, atMs, earner -> earner.in(phase));
  }

  /** A miner's tier is another one now. */
  public void retier(MinerId id, int tier, long atMs) {
    change(id, atMs, earner -> earner.withTier(tier));
  }

  /** A miner's score is another one now. */
  public void drift(MinerId id, int performance, long atMs) {
    change(id, atMs, earner -> earner.withPerformance(performance));
  }

  /** The payout layer paid a miner so much for its share. */
  public void pay(MinerId id, Amount amount, long atMs) {
    change(
        id,
        atMs,
        earner -> earner.with(earner.value().paid(Fixed.ofAmount(amount)), earner.times()));
  }

  /**
   * Closes a period.
   *
   * @param fromMs its first instant
   * @param toMs the first instant after it
   */
  public PayoutInputs close(long fromMs, long toMs) {
    List<PayoutInput> inputs = new ArrayList<>(earners.size());
    for (Map.Entry<MinerId, Earner> entry : earners.entrySet()) {
      Earner closed = entry.getValue().upTo(toMs, fromMs, rules);
      entry.setValue(closed);
      touched.add(entry.getKey());
      inputs.add(closed.input(rules));
    }
    lastToMs = toMs;
    return new PayoutInputs(inputs);
  }

  private void change(MinerId id, long atMs, UnaryOperator<Earner> change) {
    Earner earner = earners.get(id);
    if (earner != null) {
      touched.add(id);
      earners.put(id, change.apply(earner.upTo(atMs, periodAt(atMs), rules)));
    }
  }

  /** First instant of the period that an instant is in, or would be if something were charged. */
  private long periodAt(long atMs) {
    return Math.max(atMs - atMs % periodMs, lastToMs);
  }
}
