package io.phalanx.loadtests.fairness;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What miners and developers do, whatever the service does: who comes and goes when, and who asks
 * for what.
 *
 * @param source where it is from, a sentence
 * @param machines all that ever take part
 * @param turns what happens to machines, in the order of time
 * @param wishes what developers ask for, in the order of time
 */
public record Story(String source, List<Machine> machines, List<Turn> turns, List<Wish> wishes) {

  /** What can happen to a machine. */
  public enum Kind {
    ONLINE,
    OFFLINE,
    /** What it runs fails. */
    TASK_ERROR,
    /** It does not acknowledge its next contract. */
    TASK_TIMEOUT
  }

  /**
   * A miner.
   *
   * @param ask pico-PHA for a unit of gas
   */
  public record Machine(
      String name, int tier, int performance, String operator, String region, long ask) {}

  /** Something that happens to a machine, seconds after the beginning. */
  public record Turn(long atS, Kind kind, int machine) {}

  /**
   * A deployment; all its replicas are needed at once.
   *
   * @param atS when it is asked for, seconds after the beginning
   * @param durationS how long each replica works
   */
  public record Wish(
      long atS,
      List<Integer> tiers,
      int minPerformance,
      int replicas,
      int maxPerOperator,
      long bid,
      long durationS) {}

  /** Sorts by time. */
  public Story {
    machines = List.copyOf(machines);
    turns = turns.stream().sorted(Comparator.comparingLong(Turn::atS)).toList();
    wishes = wishes.stream().sorted(Comparator.comparingLong(Wish::atS)).toList();
  }

  /** The same with the wishes of its first day on each of so many days. */
  Story withEveryDayLikeTheFirst(int days) {
    List<Wish> repeated = new ArrayList<>();
    for (int day = 0; day < days; day++) {
      for (Wish wish : wishes) {
        if (wish.atS() < SECONDS_PER_DAY) {
          repeated.add(
              new Wish(
                  wish.atS() + day * SECONDS_PER_DAY,
                  wish.tiers(),
                  wish.minPerformance(),
                  wish.replicas(),
                  wish.maxPerOperator(),
                  wish.bid(),
                  wish.durationS()));
        }
      }
    }
    return new Story(source, machines, turns, repeated);
  }

  static final long SECONDS_PER_DAY = 86_400;
}
