package io.phalanx.simulator.fleet;

import java.time.Duration;

/**
 * How a simulated contract tells the miner that runs it how long it works: in its code URI, which
 * the service hands on and never looks into.
 */
public final class Workload {
  private static final String PREFIX = "sim:work?ms=";
  private static final Duration UNKNOWN = Duration.ofSeconds(8);

  private Workload() {}

  public static String codeUri(Duration runsFor) {
    return PREFIX + runsFor.toMillis();
  }

  /** At speed 1; 8 s for the contract of a stranger. */
  static Duration of(String codeUri) {
    String digits = codeUri.startsWith(PREFIX) ? codeUri.substring(PREFIX.length()) : "";
    return digits.matches("\\d{1,12}") ? Duration.ofMillis(Long.parseLong(digits)) : UNKNOWN;
  }
}
