package io.phalanx.scheduler.miner;

import io.phalanx.scheduler.event.CorruptStateException;
import io.phalanx.scheduler.event.MinerEvent;
import io.phalanx.scheduler.event.MinerEvent.EvidenceRenewed;
import io.phalanx.scheduler.event.MinerEvent.MinerBeganCoolDown;
import io.phalanx.scheduler.event.MinerEvent.MinerCameBack;
import io.phalanx.scheduler.event.MinerEvent.MinerCooledDown;
import io.phalanx.scheduler.event.MinerEvent.MinerCordoned;
import io.phalanx.scheduler.event.MinerEvent.MinerFellSilent;
import io.phalanx.scheduler.event.MinerEvent.MinerRegistered;
import io.phalanx.scheduler.event.MinerEvent.MinerStarted;
import io.phalanx.scheduler.event.MinerEvent.MinerTermsChanged;
import io.phalanx.scheduler.event.MinerEvent.MinerTierChanged;
import io.phalanx.scheduler.event.MinerEvent.MinerUncordoned;
import io.phalanx.scheduler.event.MinerEvent.PerformanceDrifted;
import io.phalanx.scheduler.event.MinerEvent.StakeStated;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All miners. Reads never change anything; {@code apply} only writes and never refuses. */
public final class Miners {

  private final Map<MinerId, Miner> byId = new HashMap<>();
  private final NavigableMap<Long, MinerId> byPosition = new TreeMap<>();
  private final NavigableMap<Long, MinerId> idle = new TreeMap<>();
  private final Map<String, Integer> takingPart = new HashMap<>();
  private final SortedMap<String, Integer> activeByOperator = new TreeMap<>();
  private final Map<DeploymentId, NavigableMap<Long, MinerId>> reserved = new HashMap<>();
  private final Map<String, Integer> takingPartByPlatform = new HashMap<>();
  private final Map<String, Integer> byCollateral = new HashMap<>();
  private int active;
  private int notStopped;
  private int reservedCount;

  /** Takes over miners from a snapshot. */
  public void restore(List<Miner> miners) {
    miners.forEach(miner -> put(miner, null));
  }

  /** All miners in the order of registration, for a snapshot. */
  public List<Miner> image() {
    return byPosition.values().stream().map(this::known).toList();
  }

  /** The miner of that name. */
  public Optional<Miner> find(MinerId id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** All miners, in no order that means anything. */
  public Collection<Miner> all() {
    return Collections.unmodifiableCollection(byId.values());
  }

  /** Miner ids by the position of their registration. */
  public NavigableMap<Long, MinerId> inOrder() {
    return Collections.unmodifiableNavigableMap(byPosition);
  }

  /** Idle miners by the position of their registration. */
  public NavigableMap<Long, MinerId> idle() {
    return Collections.unmodifiableNavigableMap(idle);
  }

  /** Miners held for a deployment, by the position of their registration. */
  public NavigableMap<Long, MinerId> reservedFor(DeploymentId deployment) {
    return Collections.unmodifiableNavigableMap(
        reserved.getOrDefault(deployment, Collections.emptyNavigableMap()));
  }

  /** How many are held for deployments. */
  public int reserved() {
    return reservedCount;
  }

  /** How many are not Stopped. */
  public int notStopped() {
    return notStopped;
  }

  /** How many are Active. */
  public int active() {
    return active;
  }

  /** How many operators have a miner that is not Stopped. */
  public int operators() {
    return takingPart.size();
  }

  /** How many Active miners each operator has; those with none are left out. */
  public SortedMap<String, Integer> activeByOperator() {
    return Collections.unmodifiableSortedMap(activeByOperator);
  }

  /** How many miners of that platform are not Stopped. */
  public int takingPartOn(String platform) {
    return takingPartByPlatform.getOrDefault(platform, 0);
  }

  /** Whether the evidence of some miner was judged beside collateral of that hash. */
  public boolean restOn(String collateralHash) {
    return byCollateral.containsKey(collateralHash);
  }

  /** How many are registered. */
  public int count() {
    return byId.size();
  }

  /** A miner joined. */
  public void apply(MinerRegistered event, Moment moment) {
    if (byId.containsKey(event.minerId())) {
      throw new CorruptStateException(event, moment, "the miner exists");
    }
    put(
        new Miner(
            event.minerId(),
            moment.position(),
            event.operator(),
            event.region(),
            event.stake(),
            event.gasPrice(),
            event.evidence(),
            event.performance(),
            event.evidence().capped(event.performance()),
            Standing.stopped(moment.atMs()),
            null,
            Strikes.NONE,
            null),
        null);
  }

  /** Stopped → Idle. */
  public void apply(MinerStarted event, Moment moment) {
    move(event, moment, MinerState.STOPPED, m -> m.standing().started(moment.atMs()));
  }

  /** Idle → CoolingDown. */
  public void apply(MinerBeganCoolDown event, Moment moment) {
    move(
        event,
        moment,
        MinerState.IDLE, // an Active miner's assignment has ended just before
        m -> m.standing().coolingDown(moment.atMs(), event.endsAtMs()));
  }

  /** CoolingDown → Stopped. */
  public void apply(MinerCooledDown event, Moment moment) {
    move(event, moment, MinerState.COOLING_DOWN, m -> Standing.stopped(moment.atMs()));
  }

  /** New terms. */
  public void apply(MinerTermsChanged event, Moment moment) {
    Miner miner = known(event, moment);
    put(miner.withTerms(event.region(), event.gasPrice()), miner);
  }

  /** New evidence. */
  public void apply(EvidenceRenewed event, Moment moment) {
    Miner miner = known(event, moment);
    put(proven(miner, event.evidence()), miner);
  }

  /** Another tier. */
  public void apply(MinerTierChanged event, Moment moment) {
    Miner miner = known(event, moment);
    if (!Objects.equals(miner.evidence().standingTier(), event.from())) {
      throw new CorruptStateException(event, moment, "the tier is that of " + miner.evidence());
    }
    put(proven(miner, event.evidence()), miner);
  }

  private static Miner proven(Miner miner, Evidence evidence) {
    return miner.with(evidence).withPerformance(evidence.capped(miner.performance()));
  }

  /** A new stake. */
  public void apply(StakeStated event, Moment moment) {
    Miner miner = known(event, moment);
    put(miner.withStake(event.stake()), miner);
  }

  /** No new work; a cordon by the service itself uses up the strikes that led to it. */
  public void apply(MinerCordoned event, Moment moment) {
    Miner miner = known(event, moment);
    Miner cordoned = miner.with(event.cordon());
    boolean forStrikes = event.cordon().by().equals(Cordon.SYSTEM);
    Strikes strikes = forStrikes ? new Strikes(0, miner.strikes().cordons() + 1) : miner.strikes();
    put(cordoned.with(strikes), miner);
  }

  /** Work again. */
  public void apply(MinerUncordoned event, Moment moment) {
    Miner miner = known(event, moment);
    put(miner.with((Cordon) null), miner);
  }

  /** Not heard. */
  public void apply(MinerFellSilent event, Moment moment) {
    Miner miner = known(event, moment);
    put(miner.with(miner.standing().silent(moment.atMs())), miner);
  }

  /** Heard again. */
  public void apply(MinerCameBack event, Moment moment) {
    Miner miner = known(event, moment);
    put(miner.with(miner.standing().heard()), miner);
  }

  /** Another score. */
  public void apply(PerformanceDrifted event, Moment moment) {
    Miner miner = known(event, moment);
    put(miner.withPerformance(event.performance()), miner);
  }

  /** Idle → Active, with that assignment. */
  public void occupy(MinerId id, AssignmentId assignment, Moment moment) {
    Miner miner = known(id);
    require(miner, MinerState.ACTIVE, moment);
    put(miner.with(miner.standing().active(assignment, moment.atMs())), miner);
  }

  /** Active → Idle. */
  public void free(MinerId id, AssignmentId assignment, Moment moment) {
    Miner miner = known(id);
    require(miner, MinerState.IDLE, moment);
    if (!assignment.equals(miner.standing().assignmentId())) {
      throw new CorruptStateException(
          moment.position() + ": " + id + " does not run " + assignment);
    }
    put(miner.with(miner.standing().idle(moment.atMs())), miner);
  }

  /** Idle and held for that deployment from now on; none: for nobody. */
  public void reserve(MinerId id, @Nullable DeploymentId deployment) {
    Miner miner = known(id);
    DeploymentId before = miner.standing().reservedFor();
    if (miner.state() != MinerState.IDLE || (before == null) == (deployment == null)) {
      throw new CorruptStateException(
          id + " is " + miner.state() + " for " + before + ", not to be held for " + deployment);
    }
    put(miner.with(miner.standing().reserved(deployment)), miner);
  }

  /** A drain takes so much longer: the service was down. */
  public void extendDrain(MinerId id, long moreMs) {
    Miner miner = known(id);
    Cordon cordon = miner.cordon();
    if (cordon != null) {
      put(miner.with(cordon.drainingLonger(moreMs)), miner);
    }
  }

  /** The miner let an offer run out. */
  public void strike(MinerId id) {
    Miner miner = known(id);
    Strikes now = miner.strikes();
    put(miner.with(new Strikes(now.inARow() + 1, now.cordons())), miner);
  }

  /** The miner's meter said more than it can have done. */
  public void flag(MinerId id, Moment moment) {
    Miner miner = known(id);
    put(miner.flagged(moment.atMs()), miner);
  }

  /** The miner acknowledged: its strikes are forgotten. */
  public void forgive(MinerId id) {
    Miner miner = known(id);
    if (!miner.strikes().equals(Strikes.NONE)) {
      put(miner.with(Strikes.NONE), miner);
    }
  }

  /** A silent miner counts as silent from then on only: the service itself was down before. */
  public void countSilenceFrom(MinerId id, long atMs) {
    Miner miner = known(id);
    put(miner.with(miner.standing().silent(atMs)), miner);
  }

  /** The miner of that name, which the journal says exists. */
  public Miner known(MinerId id) {
    Miner miner = byId.get(id);
    if (miner == null) {
      throw new CorruptStateException("no miner " + id);
    }
    return miner;
  }

  private Miner known(MinerEvent event, Moment moment) {
    Miner miner = byId.get(event.minerId());
    if (miner == null) {
      throw new CorruptStateException(event, moment, "no such miner");
    }
    return miner;
  }

  private static void require(Miner miner, MinerState next, Moment moment) {
    if (!miner.state().canBecome(next)) {
      throw new CorruptStateException(
          moment.position() + ": " + miner.id() + " is " + miner.state() + ", not to be " + next);
    }
  }

  private void move(
      MinerEvent event, Moment moment, MinerState from, Function<Miner, Standing> standing) {
    Miner miner = known(event, moment);
    Miner moved = miner.with(standing.apply(miner));
    if (miner.state() != from || !from.canBecome(moved.state())) {
      throw new CorruptStateException(event, moment, "the miner is " + miner.state());
    }
    put(moved, miner);
  }

  private void put(Miner miner, @Nullable Miner before) {
    byId.put(miner.id(), miner);
    long position = miner.registeredPosition();
    if (before == null) {
      byPosition.put(position, miner.id());
    } else {
      count(before, -1);
    }
    count(miner, 1);
    if (miner.state() == MinerState.IDLE) {
      idle.put(position, miner.id());
    } else {
      idle.remove(position);
    }
  }

  private void count(Miner miner, int by) {
    if (miner.state() != MinerState.STOPPED) {
      add(takingPart, miner.operator(), by);
      notStopped += by;
    }
    Proven proven = miner.evidence().proven();
    if (proven != null) {
      count(miner, proven, by);
    }
    DeploymentId holder = miner.standing().reservedFor();
    if (holder != null) {
      hold(holder, miner, by > 0);
    }
    if (miner.state() == MinerState.ACTIVE) {
      add(activeByOperator, miner.operator(), by);
      active += by;
    }
  }

  private void count(Miner miner, Proven proven, int by) {
    if (miner.state() != MinerState.STOPPED) {
      add(takingPartByPlatform, proven.platform(), by);
    }
    CollateralRef collateral = proven.collateral();
    if (collateral != null) {
      add(byCollateral, collateral.hash(), by);
    }
  }

  private void hold(DeploymentId holder, Miner miner, boolean held) {
    reservedCount += held ? 1 : -1;
    NavigableMap<Long, MinerId> own = reserved.computeIfAbsent(holder, id -> new TreeMap<>());
    if (held) {
      own.put(miner.registeredPosition(), miner.id());
    } else {
      own.remove(miner.registeredPosition());
      if (own.isEmpty()) {
        reserved.remove(holder);
      }
    }
  }

  private static void add(Map<String, Integer> counts, String operator, int by) {
    counts.merge(operator, by, (had, more) -> had + more == 0 ? null : had + more);
  }
}
