package io.phalanx.simulator.stats;

import io.phalanx.simulator.http.CallListener;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Counts and latencies of one run; used from its event loop. */
public final class Statistics implements CallListener {
  private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);
  private static final int DIGITS = 3;

  private final Map<Count, Long> counts = new EnumMap<>(Count.class);
  private final Map<String, Long> errors = new TreeMap<>();
  private final Map<String, Long> guardRefusals = new TreeMap<>();
  private final Map<String, Long> endReasons = new TreeMap<>();
  private final Map<String, Long> refusedReadings = new TreeMap<>();
  private final Histogram acceptedToPlaced = new Histogram(LONGEST_MICROS, DIGITS);
  private final Histogram accepting = new Histogram(LONGEST_MICROS, DIGITS);
  private BigInteger feesCharged = BigInteger.ZERO;

  public void count(Count what) {
    add(what, 1);
  }

  public void add(Count what, long amount) {
    counts.merge(what, amount, Long::sum);
  }

  public long get(Count what) {
    return counts.getOrDefault(what, 0L);
  }

  @Override
  public void failed(String error) {
    errors.merge(error, 1L, Long::sum);
  }

  @Override
  public void retried() {
    count(Count.RETRIES);
  }

  public void guardRefused(String constraint) {
    guardRefusals.merge(constraint, 1L, Long::sum);
  }

  public void deploymentEnded(String reason) {
    count(Count.DEPLOYMENTS_ENDED);
    endReasons.merge(reason, 1L, Long::sum);
  }

  public void readingRefused(String problem) {
    count(Count.READINGS_REFUSED);
    refusedReadings.merge(problem, 1L, Long::sum);
  }

  /**
   * A reading was answered.
   *
   * @param gas charged, in units of gas
   * @param fee charged, in pico-PHA
   */
  public void readingCharged(long gas, BigInteger fee) {
    count(Count.READINGS);
    add(Count.GAS_CHARGED, gas);
    feesCharged = feesCharged.add(fee);
  }

  public void acceptedToPlaced(long nanos) {
    record(acceptedToPlaced, nanos);
  }

  /** From the instant a deployment was due to be posted to its answer. */
  public void accepted(long nanos) {
    record(accepting, nanos);
  }

  public LatencySummary acceptedToPlacedMs() {
    return LatencySummary.of(acceptedToPlaced);
  }

  public LatencySummary acceptingMs() {
    return LatencySummary.of(accepting);
  }

  /** pico-PHA. */
  public BigInteger feesCharged() {
    return feesCharged;
  }

  public Map<String, Long> errors() {
    return new TreeMap<>(errors);
  }

  public Map<String, Long> guardRefusals() {
    return new TreeMap<>(guardRefusals);
  }

  public Map<String, Long> endReasons() {
    return new TreeMap<>(endReasons);
  }

  public Map<String, Long> refusedReadings() {
    return new TreeMap<>(refusedReadings);
  }

  private static void record(Histogram histogram, long nanos) {
    long micros = TimeUnit.NANOSECONDS.toMicros(Math.max(0, nanos));
    histogram.recordValue(Math.min(LONGEST_MICROS, micros));
  }
}
