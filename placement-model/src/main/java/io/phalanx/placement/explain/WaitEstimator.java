package io.phalanx.placement.explain;

import io.phalanx.placement.Demand;
import io.phalanx.placement.Eligibility;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Estimates waiting times by playing the next hours through many times: miners fall Idle at the
 * rate and of the kinds that were observed, each goes to who is worth most of those that it suits,
 * and others arrive who are worth more still. Two runs differ by chance, and by how well so few
 * observations tell a rate. The same question gives the same answer.
 */
public final class WaitEstimator {
  private static final int RUNS = 120;
  private static final int MOST_STEPS = 6_000;

  /** As many kinds of rivals as a mask has bits; rarer ones count as the most common. */
  private static final int MOST_KINDS = Long.SIZE - 1;

  private static final int MOST_FREED = 256;

  /** More that wait ahead are played on a smaller scale: less of them, and less that falls Idle. */
  private static final int MOST_AHEAD = 400;

  private final WaitQuestion question;
  private final Map<Demand, Integer> kinds = new HashMap<>();
  private final List<Demand> models = new ArrayList<>();
  private final double scale;

  private WaitEstimator(WaitQuestion question) {
    this.question = question;
    this.scale = Math.max(1, slots(question.ahead()) / (double) MOST_AHEAD);
  }

  /**
   * The estimate; empty when nothing that was observed lets it be placed within the foreseeable.
   */
  public static Optional<WaitEstimate> of(WaitQuestion question) {
    return new WaitEstimator(question).estimate();
  }

  private static int slots(List<Demand> demands) {
    return demands.stream().mapToInt(Demand::lacking).sum();
  }

  private Optional<WaitEstimate> estimate() {
    int[] ahead = counted(question.ahead());
    int[] passing = counted(question.passing());
    Freed freed = freed();
    if (freed.own() == 0) {
      return Optional.empty();
    }
    double[] waits = new double[RUNS];
    SplittableRandom random = new SplittableRandom(1);
    for (int run = 0; run < RUNS; run++) {
      waits[run] = new Run(freed, ahead.clone(), passing, random.split()).untilServed();
    }
    Arrays.sort(waits);
    double p50 = waits[RUNS / 2];
    double p90 = waits[RUNS * 9 / 10];
    return Double.isInfinite(p90)
        ? Optional.empty()
        : Optional.of(new WaitEstimate((long) Math.ceil(p50), (long) Math.ceil(p90)));
  }

  /** How many slots of each kind there are. */
  private int[] counted(List<Demand> demands) {
    int[] counts = new int[MOST_KINDS];
    for (Demand demand : demands) {
      counts[kind(demand)] += demand.lacking();
    }
    return counts;
  }

  private int kind(Demand demand) {
    Demand model = model(demand);
    Integer known = kinds.get(model);
    if (known != null) {
      return known;
    }
    if (models.size() == MOST_KINDS) {
      return 0;
    }
    kinds.put(model, models.size());
    models.add(model);
    return models.size() - 1;
  }

  /** What decides whom it suits, and nothing else. */
  private static Demand model(Demand demand) {
    return new Demand(
        "",
        demand.tiers(),
        demand.minPerformance(),
        demand.maxGasPrice(),
        demand.regions(),
        demand.allowOperators(),
        demand.denyOperators(),
        java.util.Set.of(),
        demand.preference(),
        1,
        1,
        0,
        Map.of(),
        0);
  }

  /**
   * Who fell Idle, as far as it concerns the demand or its rivals.
   *
   * @param masks for each the kinds of rivals that it suits
   * @param suits whether it suits the demand
   * @param own how many suit the demand
   * @param share of the observed ones that these are
   */
  @SuppressWarnings("ArrayRecordComponent") // written once and never compared
  private record Freed(long[] masks, boolean[] suits, int own, double share) {}

  private Freed freed() {
    int all = question.freed().size();
    int step = Math.max(1, (all + MOST_FREED - 1) / MOST_FREED);
    int looked = 0;
    int own = 0;
    List<Long> masks = new ArrayList<>();
    List<Boolean> suits = new ArrayList<>();
    for (int i = 0; i < all; i += step) {
      var miner = question.freed().get(i).reservedFor(null);
      boolean fits = Eligibility.accepts(question.demand(), miner);
      long mask = 0;
      for (int kind = 0; kind < models.size(); kind++) {
        mask |= Eligibility.accepts(models.get(kind), miner) ? 1L << kind : 0;
      }
      looked++;
      own += fits ? 1 : 0;
      if (fits || mask != 0) {
        masks.add(mask);
        suits.add(fits);
      }
    }
    long[] maskOf = masks.stream().mapToLong(Long::longValue).toArray();
    boolean[] suit = new boolean[suits.size()];
    for (int i = 0; i < suit.length; i++) {
      suit[i] = suits.get(i);
    }
    return new Freed(maskOf, suit, own, looked == 0 ? 0 : maskOf.length / (double) looked);
  }

  /** One way in which the next hours may go. */
  private final class Run {
    private final Freed freed;
    private final int[] pending;
    private final int[] arrivals;
    private final int arriving;
    private final SplittableRandom random;
    private final double freedPerMs;
    private final double arrivalsPerMs;
    private long pendingMask;

    Run(Freed freed, int[] ahead, int[] passing, SplittableRandom random) {
      this.freed = freed;
      this.pending = ahead;
      this.arrivals = passing;
      this.random = random;
      this.arriving = Arrays.stream(passing).sum();
      double seen = question.freed().size() * freed.share();
      freedPerMs = perhaps(seen) / question.freedOverMs() / scale;
      arrivalsPerMs = perhaps(arriving) / question.passingOverMs() / scale;
      for (int kind = 0; kind < pending.length; kind++) {
        pending[kind] = scaled(pending[kind]);
        pendingMask |= pending[kind] > 0 ? 1L << kind : 0;
      }
    }

    /** What the true count may be where so many were seen. */
    private double perhaps(double seen) {
      return seen == 0 ? 0 : Math.max(seen / 10, seen + normal() * Math.sqrt(seen));
    }

    private int scaled(int count) {
      double exact = count / scale;
      return (int) exact + (random.nextDouble() < exact - (int) exact ? 1 : 0);
    }

    private double normal() {
      double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
      return radius * Math.cos(2 * Math.PI * random.nextDouble());
    }

    double untilServed() {
      double rate = freedPerMs + arrivalsPerMs;
      double atMs = 0;
      int needed = question.demand().required();
      double countsFromMs = needed > 1 && question.isFollowed() ? question.gathersInMs() : 0;
      for (int step = 0; step < MOST_STEPS; step++) {
        atMs -= Math.log(1 - random.nextDouble()) / rate;
        if (random.nextDouble() * rate < arrivalsPerMs) {
          arrive();
        } else if (isLeftFor(random.nextInt(freed.masks().length)) && atMs >= countsFromMs) {
          if (--needed == 0) {
            return atMs;
          }
        }
      }
      return Double.POSITIVE_INFINITY;
    }

    private void arrive() {
      int chosen = random.nextInt(arriving);
      for (int kind = 0; kind < arrivals.length; kind++) {
        chosen -= arrivals[kind];
        if (chosen < 0) {
          pending[kind]++;
          pendingMask |= 1L << kind;
          return;
        }
      }
    }

    /** Whether one that falls Idle suits the demand and nobody ahead of it. */
    private boolean isLeftFor(int miner) {
      long wanting = freed.masks()[miner] & pendingMask;
      if (wanting == 0) {
        return freed.suits()[miner];
      }
      int kind = Long.numberOfTrailingZeros(wanting);
      if (--pending[kind] == 0) {
        pendingMask &= ~(1L << kind);
      }
      return false;
    }
  }
}
