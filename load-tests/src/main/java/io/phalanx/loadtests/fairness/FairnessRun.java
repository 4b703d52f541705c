package io.phalanx.loadtests.fairness;

import io.phalanx.loadtests.fairness.Outcome.Wait;
import io.phalanx.loadtests.fairness.Story.Machine;
import io.phalanx.loadtests.fairness.Story.Turn;
import io.phalanx.loadtests.fairness.Story.Wish;
import io.phalanx.placement.Demand;
import io.phalanx.placement.Eligibility;
import io.phalanx.placement.Objective;
import io.phalanx.placement.Preference;
import io.phalanx.placement.Weights;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.miner.MinerState;
import io.phalanx.scheduler.round.PlacementFacts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Plays a story minute by minute and keeps the books of waits and shares. */
public final class FairnessRun {
  private static final long STEP_S = 60;
  private static final long HOUR_S = 3_600;
  private static final int TIERS = 5;

  /** A deployment that has not been placed yet. */
  private static final class Waiting {
    private final Wish wish;
    private final long sinceMs;
    private int placeableHours;

    Waiting(Wish wish, long sinceMs) {
      this.wish = wish;
      this.sinceMs = sinceMs;
    }
  }

  private final Story story;
  private final Network network;
  private final MinerId[] ids;
  private final boolean[] online;
  private final boolean[] known;
  private final boolean[] refusesNext;
  private final Map<MinerId, Integer> machineOf = new HashMap<>();
  private final Map<DeploymentId, Waiting> waiting = new LinkedHashMap<>();
  private final List<Wait> waits = new ArrayList<>();
  private final List<Hour> hours = new ArrayList<>();
  private final Deque<Long> positions = new ArrayDeque<>();
  private int nextTurn;
  private int nextWish;

  private FairnessRun(Story story, Objective objective) {
    this.story = story;
    this.network = new Network(objective);
    int machines = story.machines().size();
    ids = new MinerId[machines];
    online = new boolean[machines];
    known = new boolean[machines];
    refusesNext = new boolean[machines];
    for (int i = 0; i < machines; i++) {
      ids[i] = new MinerId("%064x".formatted(i + 1));
      machineOf.put(ids[i], i);
    }
  }

  /**
   * Plays it.
   *
   * @param days how long
   * @param dispersion whether work is spread over operators
   */
  public static Outcome play(Story story, int days, boolean dispersion) {
    FairnessRun run = new FairnessRun(story, dispersion ? Objective.DEFAULT : withoutDispersion());
    return run.play(days);
  }

  private static Objective withoutDispersion() {
    Objective usual = Objective.DEFAULT;
    Map<Preference, Weights> weights = new HashMap<>();
    usual
        .weights()
        .forEach(
            (preference, own) ->
                weights.put(
                    preference,
                    new Weights(
                        own.economy(),
                        own.speed(),
                        own.security(),
                        own.frugality(),
                        own.rest(),
                        0)));
    return new Objective(
        weights,
        usual.bidCap(),
        usual.maxWaitSeconds(),
        usual.secondsPerReferencePrice(),
        usual.performancePerSpeedPoint(),
        usual.securityPerTier(),
        usual.wastePerTier(),
        usual.performancePerWastePoint(),
        usual.maxPerformanceWaste(),
        usual.secondsPerRestPoint(),
        usual.dispersionFloor());
  }

  private Outcome play(int days) {
    for (long atS = STEP_S; atS <= days * Story.SECONDS_PER_DAY; atS += STEP_S) {
      network.passTo(Network.START_MS + atS * 1_000);
      turn(atS);
      beat();
      network.complete();
      wish(atS);
      network.round();
      network.acknowledge(this::refuses);
      settleWaits();
      if (atS % HOUR_S == 0) {
        closeHour((int) (atS / HOUR_S));
      }
    }
    waiting.values().forEach(one -> waits.add(wait(one, false)));
    return new Outcome(
        hours,
        waits,
        network.state().position(),
        network.rounds(),
        network.gatherings(),
        network.late(),
        network.violations());
  }

  private void turn(long atS) {
    while (nextTurn < story.turns().size() && story.turns().get(nextTurn).atS() <= atS) {
      Turn turn = story.turns().get(nextTurn++);
      int machine = turn.machine();
      switch (turn.kind()) {
        case ONLINE -> join(machine);
        case OFFLINE -> online[machine] = false;
        case TASK_ERROR -> network.fail(ids[machine]);
        case TASK_TIMEOUT -> refusesNext[machine] = true;
      }
    }
  }

  private void join(int machine) {
    online[machine] = true;
    if (!known[machine]) {
      known[machine] = true;
      Machine joining = story.machines().get(machine);
      network.enlist(ids[machine], joining);
    }
  }

  private void beat() {
    for (int machine = 0; machine < ids.length; machine++) {
      if (online[machine]) {
        network.beat(ids[machine]);
      }
    }
  }

  private void wish(long atS) {
    while (nextWish < story.wishes().size() && story.wishes().get(nextWish).atS() <= atS) {
      Wish wish = story.wishes().get(nextWish++);
      waiting.put(network.ask(wish), new Waiting(wish, network.nowMs()));
    }
  }

  private boolean refuses(MinerId id) {
    int machine = machineOf.getOrDefault(id, 0);
    boolean refuses = refusesNext[machine] || !online[machine];
    refusesNext[machine] = false;
    return refuses;
  }

  private void settleWaits() {
    waiting
        .entrySet()
        .removeIf(
            each -> {
              boolean placed =
                  network.state().deployments().known(each.getKey()).progress().everPlaced();
              if (placed) {
                waits.add(wait(each.getValue(), true));
              }
              return placed;
            });
  }

  private Wait wait(Waiting one, boolean placed) {
    int width = one.wish.replicas();
    String kind =
        (width == 1 ? "single" : width < 5 ? "2 to 4 at once" : "5 or more at once")
            + (one.wish.tiers().size() == TIERS ? ", any tier" : ", some tiers");
    long seconds = (network.nowMs() - one.sinceMs) / 1_000;
    return new Wait(kind, seconds, one.placeableHours, placed);
  }

  private void closeHour(int hour) {
    countPlaceable();
    hours.add(hour(hour));
    positions.addLast(network.state().position());
    if (positions.size() > 24) {
      network.keepHistory(positions.removeFirst());
    }
  }

  /** Counts the hour for those that wait although enough miners are there for them. */
  private void countPlaceable() {
    PlacementFacts facts = new PlacementFacts(network.state(), network.nowMs());
    waiting.forEach(
        (id, one) -> {
          Demand demand = facts.demand(network.state().deployments().known(id));
          one.placeableHours += couldHave(facts, demand) >= demand.required() ? 1 : 0;
        });
  }

  /** How many suitable miners have no work and are not held for somebody of a higher value. */
  private int couldHave(PlacementFacts facts, Demand demand) {
    Map<String, Integer> onOperator = new HashMap<>();
    int found = 0;
    for (MinerId id : network.state().miners().idle().values()) {
      Miner miner = network.state().miners().known(id);
      if (miner.isPlaceableAt(network.nowMs())
          && Eligibility.accepts(demand, facts.candidate(miner))
          && !isHeldByRight(miner, facts, demand)
          && onOperator.merge(miner.operator(), 1, Integer::sum)
              <= demand.roomOn(miner.operator())) {
        found++;
      }
    }
    return found;
  }

  private boolean isHeldByRight(Miner miner, PlacementFacts facts, Demand demand) {
    DeploymentId holder = miner.standing().reservedFor();
    if (holder == null || holder.text().equals(demand.deploymentId())) {
      return false;
    }
    long reference = facts.market().referencePrice();
    Demand other = facts.demand(network.state().deployments().known(holder));
    return Objective.DEFAULT.value(other, reference) >= Objective.DEFAULT.value(demand, reference);
  }

  private Hour hour(int hour) {
    Map<String, Integer> activeOf = new TreeMap<>();
    Integer[] onlineByTier = new Integer[TIERS];
    Integer[] activeByTier = new Integer[TIERS];
    Arrays.fill(onlineByTier, 0);
    Arrays.fill(activeByTier, 0);
    int heard = 0;
    int active = 0;
    for (Miner miner : network.state().miners().all()) {
      if (miner.state().takesPart() && miner.standing().responsive()) {
        int works = miner.state() == MinerState.ACTIVE ? 1 : 0;
        heard++;
        active += works;
        onlineByTier[miner.evidence().tier() - 1]++;
        activeByTier[miner.evidence().tier() - 1] += works;
        activeOf.merge(miner.operator(), works, Integer::sum);
      }
    }
    int slots =
        network.state().deployments().lacking().values().stream()
            .mapToInt(id -> network.state().deployments().known(id).lacking())
            .sum();
    return new Hour(
        hour,
        heard,
        active,
        slots,
        activeOf.size(),
        Hour.nakamoto(activeOf.values()),
        Hour.gini(activeOf.values()),
        List.of(onlineByTier),
        List.of(activeByTier));
  }
}
