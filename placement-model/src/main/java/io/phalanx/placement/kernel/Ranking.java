package io.phalanx.placement.kernel;

import io.phalanx.placement.TierSet;
import org.jspecify.annotations.Nullable;

/**
 * The miners by falling fit under one preference. The worst accepted tier shifts all fits of a
 * deployment by the same amount, so one ranking serves every set of tiers.
 */
final class Ranking {
  private static final int DIGIT = 14;

  /** Fit by miner, as for someone who accepts every tier. */
  final int[] fit;

  /** Miner by rank. */
  final int[] at;

  /** Rank by miner. */
  final int[] rankOf;

  private final long[][] ranksByTier;
  private final long[] @Nullable [] ranksByMask = new long[1 << (TierSet.WORST + 1)][];

  /**
   * @param order all miners, in the order that breaks ties
   */
  Ranking(int[] fit, int[] tier, int[] order) {
    this.fit = fit;
    this.at = sorted(fit, order);
    this.rankOf = new int[at.length];
    this.ranksByTier = new long[TierSet.WORST + 1][];
    for (int t = TierSet.BEST; t <= TierSet.WORST; t++) {
      ranksByTier[t] = Bits.none(at.length);
    }
    for (int rank = 0; rank < at.length; rank++) {
      rankOf[at[rank]] = rank;
      Bits.set(ranksByTier[tier[at[rank]]], rank);
    }
  }

  /** The ranks of the miners whose tier is in {@code mask}. */
  long[] ranks(int mask) {
    long[] ranks = ranksByMask[mask];
    if (ranks == null) {
      ranks = Bits.none(at.length);
      for (int t = TierSet.BEST; t <= TierSet.WORST; t++) {
        if ((mask >> t & 1) != 0) {
          for (int word = 0; word < ranks.length; word++) {
            ranks[word] |= ranksByTier[t][word];
          }
        }
      }
      ranksByMask[mask] = ranks;
    }
    return ranks;
  }

  /**
   * Stable radix sort by falling fit. Fits under the usual weights differ by less than one digit
   * holds, so that one pass does.
   */
  private static int[] sorted(int[] fit, int[] order) {
    int most = 0;
    int least = Integer.MAX_VALUE;
    for (int value : fit) {
      most = Math.max(most, value);
      least = Math.min(least, value);
    }
    int[] from = order.clone();
    for (int shift = 0; shift < Integer.SIZE && ((most - least) >> shift) > 0; shift += DIGIT) {
      int width = Math.min((1 << DIGIT) - 1, (most - least) >> shift) + 1;
      int[] start = new int[width + 1];
      for (int miner : from) {
        start[digit(most - fit[miner], shift) + 1]++;
      }
      for (int d = 0; d < width; d++) {
        start[d + 1] += start[d];
      }
      int[] to = new int[from.length];
      for (int miner : from) {
        to[start[digit(most - fit[miner], shift)]++] = miner;
      }
      from = to;
    }
    return from;
  }

  private static int digit(int key, int shift) {
    return (key >> shift) & ((1 << DIGIT) - 1);
  }
}
