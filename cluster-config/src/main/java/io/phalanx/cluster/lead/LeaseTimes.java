package io.phalanx.cluster.lead;

import java.time.Duration;

/**
 * How long is waited for what. A holder believes in its lease for less than anybody waits who was
 * not told that it is gone, so it has stopped to answer from memory before another begins.
 *
 * @param look from one look at the lease to the next
 * @param renew from one renewal to the next
 * @param valid how long a renewal counts for its holder, from before it was sent
 * @param patience how long a challenger waits for a renewal before it claims
 * @param hintedPatience the same, of a holder that is said to be gone
 * @param backOffLeast least pause after another came first
 * @param backOffMost most pause after another came first
 * @param clockTolerance how far this node's clock may be off the store's while it leads
 */
public record LeaseTimes(
    Duration look,
    Duration renew,
    Duration valid,
    Duration patience,
    Duration hintedPatience,
    Duration backOffLeast,
    Duration backOffMost,
    Duration clockTolerance) {

  /** What was measured to fail over quickly without duels. */
  public static final LeaseTimes DEFAULT =
      new LeaseTimes(
          Duration.ofMillis(100),
          Duration.ofMillis(200),
          Duration.ofMillis(1500),
          Duration.ofMillis(2000),
          Duration.ofMillis(450),
          Duration.ofMillis(500),
          Duration.ofMillis(1500),
          Duration.ofSeconds(2));

  public LeaseTimes {
    if (valid.compareTo(patience) >= 0 || renew.compareTo(hintedPatience) >= 0) {
      throw new IllegalArgumentException("a lease that another takes while its holder believes");
    }
  }
}
