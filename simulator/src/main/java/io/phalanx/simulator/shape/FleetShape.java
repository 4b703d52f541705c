package io.phalanx.simulator.shape;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A fleet like Phala's main net, drawn from a seed: tiers, bimodal performance in multiples of 6,
 * few large and many small operators, stakes of which about 97 in 100 pass the start guards.
 */
public record FleetShape(int miners, long seed) {
  /** A stake is a multiple of the minimum; its median on the main net was 4.5 times. */
  private static final double STAKE_MEDIAN = 4.5;

  private static final double STAKE_SPREAD = 0.6;
  private static final long STAKE_LEAST_PHA = 600;
  private static final long STAKE_MOST_PHA = 18_000;
  private static final double STAKE_TOO_SMALL = 0.02;
  private static final double STAKE_TOO_LARGE = 0.01;
  private static final double ASK_SPREAD = 0.25;

  public FleetShape {
    if (miners < 1) {
      throw new IllegalArgumentException("a fleet has at least one miner, not " + miners);
    }
  }

  /** The miners, the same for the same seed; a longer fleet does not begin with a shorter one. */
  public List<MinerSpec> draw() {
    SplittableRandom random = new SplittableRandom(seed);
    double[] owners = PhalaMainNet.ownerWeights(miners);
    List<MinerSpec> fleet = new ArrayList<>(miners);
    for (int i = 0; i < miners; i++) {
      fleet.add(miner("sim-" + seed + "-" + i, owners, random));
    }
    return List.copyOf(fleet);
  }

  private static MinerSpec miner(String id, double[] owners, SplittableRandom random) {
    int tier = 1 + pick(PhalaMainNet.WORKERS_BY_TIER, random);
    int performance = PhalaMainNet.performance(tier, random);
    String operator = "op-" + (1 + pick(owners, random));
    String region = PhalaMainNet.REGIONS[pick(PhalaMainNet.REGION_WEIGHTS, random)];
    long ask = ask(tier, performance, random);
    BigInteger stake = BigInteger.valueOf(stakePha(tier, performance, random));
    return new MinerSpec(
        id, tier, performance, operator, region, ask, stake.multiply(MinerSpec.PICO), true);
  }

  private static long ask(int tier, int performance, SplittableRandom random) {
    double forSpeed = 1 + performance / 20_000.0;
    double noise = Math.exp(ASK_SPREAD * random.nextGaussian());
    return Math.max(1, Math.round(PhalaMainNet.medianAsk(tier) * forSpeed * noise));
  }

  private static long stakePha(int tier, int performance, SplittableRandom random) {
    long least = StartGuards.minimumStakePha(performance);
    long most = StartGuards.maximumStakePha(tier, performance);
    double fate = random.nextDouble();
    double noise = random.nextGaussian();
    if (fate < STAKE_TOO_SMALL) {
      return least * 9 / 10;
    }
    if (fate < STAKE_TOO_SMALL + STAKE_TOO_LARGE) {
      return most * 11 / 10;
    }
    long drawn = Math.round(least * STAKE_MEDIAN * Math.exp(STAKE_SPREAD * noise));
    long usual = Math.max(STAKE_LEAST_PHA, Math.min(STAKE_MOST_PHA, drawn));
    return Math.max(least, Math.min(most, usual));
  }

  private static int pick(int[] weights, SplittableRandom random) {
    int left = random.nextInt(Arrays.stream(weights).sum());
    int index = 0;
    while (left >= weights[index]) {
      left -= weights[index++];
    }
    return index;
  }

  private static int pick(double[] cumulative, SplittableRandom random) {
    double at = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, at);
    return Math.min(cumulative.length - 1, found < 0 ? -found - 1 : found);
  }
}
