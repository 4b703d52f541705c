package io.phalanx.simulator.payout;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The settlements received, each number once, and everything that was wrong with a delivery. Safe
 * for use from several threads.
 */
public final class SettlementBook {
  /** More faults than this are only counted. */
  private static final int FAULTS_KEPT = 100;

  private final SortedMap<Long, Settlement> byNumber = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private BigInteger total = BigInteger.ZERO;
  private long duplicates;
  private long faultCount;
  private long acknowledged;

  /** Whether the delivery was new; a repeated one must have the same bytes. */
  synchronized boolean receive(String idempotencyKey, Settlement settlement) {
    long number = settlement.number();
    if (!idempotencyKey.equals("settlement-" + number)) {
      fault("settlement " + number + " came under the key '" + idempotencyKey + "'");
    }
    Settlement before = byNumber.get(number);
    if (before != null) {
      duplicates++;
      if (!before.bytes().equals(settlement.bytes())) {
        fault("settlement " + number + " came again with other bytes");
      }
      return false;
    }
    checkNew(settlement);
    byNumber.put(number, settlement);
    total = total.add(settlement.total());
    return true;
  }

  synchronized void acknowledgedOne() {
    acknowledged++;
  }

  /** Different settlements received. */
  public synchronized long size() {
    return byNumber.size();
  }

  /** pico-PHA of all of them. */
  public synchronized BigInteger total() {
    return total;
  }

  /** Deliveries of a settlement that was here already. */
  public synchronized long duplicates() {
    return duplicates;
  }

  /** Settlements whose acknowledgement the service answered with 200. */
  public synchronized long acknowledged() {
    return acknowledged;
  }

  /** The first hundred things that were wrong. */
  public synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  public synchronized long faultCount() {
    return faultCount;
  }

  public synchronized SortedMap<Long, Settlement> settlements() {
    return new TreeMap<>(byNumber);
  }

  private void checkNew(Settlement settlement) {
    long number = settlement.number();
    if (number < 1) {
      fault("a settlement without a number");
    }
    if (!settlement.total().equals(settlement.sum())) {
      fault("settlement " + number + " says " + settlement.total() + ", lines " + settlement.sum());
    }
    if (byNumber.isEmpty()) {
      return; // the service may be older than this endpoint
    }
    Settlement last = byNumber.get(byNumber.lastKey());
    if (last != null && number != last.number() + 1) {
      fault("settlement " + number + " came after " + last.number());
    } else if (last != null && breaksChain(last, settlement)) {
      fault("settlement " + number + " does not follow the root of " + last.number());
    }
  }

  private static boolean breaksChain(Settlement last, Settlement next) {
    boolean told = !last.root().isEmpty() && !next.previousRoot().isEmpty();
    return told && !next.previousRoot().equals(last.root());
  }

  private void fault(String what) {
    faultCount++;
    if (faults.size() < FAULTS_KEPT) {
      faults.add(what);
    }
  }
}
