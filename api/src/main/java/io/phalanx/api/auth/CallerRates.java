package io.phalanx.api.auth;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How much each caller may send: requests and bytes, both refilled as time passes, each a bucket
 * that holds one second's worth. Safe for any threads.
 */
final class CallerRates {

  /** Callers that are remembered; beyond it those that have been quiet are forgotten. */
  private static final int MOST_CALLERS = 65_536;

  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
  private final LongSupplier nanos;
  private final double requestsPerSecond;
  private final double bytesPerSecond;

  /**
   * Rates that are the same for each caller.
   *
   * @param requestsPerSecond requests
   * @param bytesPerSecond bytes of bodies
   * @param nanos a monotonic clock
   */
  CallerRates(long requestsPerSecond, long bytesPerSecond, LongSupplier nanos) {
    this.requestsPerSecond = (double) requestsPerSecond;
    this.bytesPerSecond = (double) bytesPerSecond;
    this.nanos = nanos;
  }

  /** Counts a request of a caller; false when it has had its share. */
  boolean take(String caller, long bytes) {
    if (buckets.size() >= MOST_CALLERS && !buckets.containsKey(caller)) {
      forgetQuiet();
    }
    long now = nanos.getAsLong();
    return buckets.computeIfAbsent(caller, name -> new Bucket(now)).take(bytes, now);
  }

  /** Whether a caller has some of its share left; counts nothing. */
  boolean hasLeft(String caller) {
    Bucket bucket = buckets.get(caller);
    return bucket == null || bucket.hasLeft(nanos.getAsLong());
  }

  /** How many callers are remembered. */
  int size() {
    return buckets.size();
  }

  private void forgetQuiet() {
    long now = nanos.getAsLong();
    buckets.values().removeIf(bucket -> bucket.isFull(now));
    if (buckets.size() >= MOST_CALLERS) {
      buckets.clear(); // so many at once are no callers; nobody is refused for them
    }
  }

  private final class Bucket {
    private double requests = requestsPerSecond;
    private double bytes = bytesPerSecond;
    private long since;

    Bucket(long now) {
      since = now;
    }

    /** A body larger than a second's worth passes when the bucket is full, and is paid back. */
    synchronized boolean take(long size, long now) {
      refill(now);
      if (requests < 1 || bytes < Math.min((double) size, bytesPerSecond)) {
        return false;
      }
      requests -= 1;
      bytes -= (double) size;
      return true;
    }

    synchronized boolean hasLeft(long now) {
      refill(now);
      return requests >= 1;
    }

    synchronized boolean isFull(long now) {
      refill(now);
      return requests >= requestsPerSecond && bytes >= bytesPerSecond;
    }

    private void refill(long now) {
      double seconds = (double) Math.max(0, now - since) / NANOS;
      since = now;
      requests = Math.min(requestsPerSecond, requests + seconds * requestsPerSecond);
      bytes = Math.min(bytesPerSecond, bytes + seconds * bytesPerSecond);
    }
  }
}
