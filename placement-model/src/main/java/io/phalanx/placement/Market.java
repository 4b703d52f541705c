package io.phalanx.placement;

import java.util.Map;

/**
 * What prices and concentration are measured against.
 *
 * @param referencePrice pico-PHA for a unit of gas, 1..10^10 so that sums of values fit in 64 bits
 * @param operators distinct operators of the miners that are not Stopped
 * @param activeOfAll Active miners of all operators
 * @param activeByOperator Active miners of each; an operator that is missing has none
 */
public record Market(
    long referencePrice, int operators, int activeOfAll, Map<String, Integer> activeByOperator) {
  public static final long MAX_REFERENCE_PRICE = 10_000_000_000L;

  public Market {
    if (referencePrice < 1 || referencePrice > MAX_REFERENCE_PRICE) {
      throw new IllegalArgumentException("referencePrice is not in 1..10^10: " + referencePrice);
    }
    if (operators < 0 || activeOfAll < 0) {
      throw new IllegalArgumentException("negative count of operators or active miners");
    }
    activeByOperator = Map.copyOf(activeByOperator);
  }

  public int activeOf(String operator) {
    return activeByOperator.getOrDefault(operator, 0);
  }
}
