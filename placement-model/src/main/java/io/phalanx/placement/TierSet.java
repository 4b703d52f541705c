package io.phalanx.placement;

/**
 * The tiers that a deployment accepts; never empty.
 *
 * @param mask bit {@code t} is set when tier {@code t} (1 best, 5 worst) is accepted
 */
public record TierSet(int mask) {
  public static final int BEST = 1;
  public static final int WORST = 5;
  private static final int ALL = 0b111110;

  public TierSet {
    if (mask == 0 || (mask & ~ALL) != 0) {
      throw new IllegalArgumentException("tiers must be a non-empty subset of 1..5");
    }
  }

  public static TierSet of(int... tiers) {
    int mask = 0;
    for (int tier : tiers) {
      if (tier < BEST || tier > WORST) {
        throw new IllegalArgumentException("no such tier: " + tier);
      }
      mask |= 1 << tier;
    }
    return new TierSet(mask);
  }

  public boolean contains(int tier) {
    return (mask >> tier & 1) != 0;
  }

  /** The accepted tier of the least confidence. */
  public int worst() {
    return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(mask);
  }

  /** The accepted tier of the most confidence. */
  public int best() {
    return Integer.numberOfTrailingZeros(mask);
  }
}
