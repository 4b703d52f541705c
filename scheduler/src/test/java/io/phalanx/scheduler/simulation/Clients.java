package io.phalanx.scheduler.simulation;

import io.phalanx.placement.Preference;
import io.phalanx.scheduler.command.AccountCommand.Deposit;
import io.phalanx.scheduler.command.AccountCommand.Withdraw;
import io.phalanx.scheduler.command.AssignmentCommand.AcknowledgeAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.CompleteAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.FailAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.ReportGas;
import io.phalanx.scheduler.command.Command;
import io.phalanx.scheduler.command.DeploymentCommand.CancelDeployment;
import io.phalanx.scheduler.command.DeploymentCommand.ChangeDeployment;
import io.phalanx.scheduler.command.DeploymentCommand.CreateDeployment;
import io.phalanx.scheduler.command.MinerCommand.ChangeMinerTerms;
import io.phalanx.scheduler.command.MinerCommand.CordonMiner;
import io.phalanx.scheduler.command.MinerCommand.Heartbeat;
import io.phalanx.scheduler.command.MinerCommand.RegisterMiner;
import io.phalanx.scheduler.command.MinerCommand.RenewEvidence;
import io.phalanx.scheduler.command.MinerCommand.StartMiner;
import io.phalanx.scheduler.command.MinerCommand.StateStake;
import io.phalanx.scheduler.command.MinerCommand.StopMiner;
import io.phalanx.scheduler.command.MinerCommand.UncordonMiner;
import io.phalanx.scheduler.command.SettlementCommand.AcknowledgeSettlement;
import io.phalanx.scheduler.command.SettlementCommand.MarkSettlementDelivered;
import io.phalanx.scheduler.command.SystemCommand.ChangePolicy;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.deployment.Reading;
import io.phalanx.scheduler.deployment.Tiers;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Evidence;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.policy.AssignmentRules;
import io.phalanx.scheduler.policy.GasRules;
import io.phalanx.scheduler.policy.GatheringRules;
import io.phalanx.scheduler.policy.MinerRules;
import io.phalanx.scheduler.policy.MoveRules;
import io.phalanx.scheduler.policy.Policy;
import io.phalanx.scheduler.state.State;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import io.phalanx.scheduler.unit.IsoDuration;
import io.phalanx.scheduler.world.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everybody who sends commands: honest miners and developers mostly, and the same people when they
 * repeat themselves, come late, make mistakes or lie. They know what a replica shows.
 */
final class Clients {

  private static final List<String> DEVELOPERS = List.of("ann", "bob", "eve");
  private static final List<String> OPERATORS = List.of("op-a", "op-b", "op-c", "op-d");
  private static final List<String> REGIONS = List.of("eu", "us", "asia");

  private final Chance chance;
  private final Callers callers;
  private final Machines machines;
  private final List<MinerId> miners = new ArrayList<>();
  private long serial;
  private long beats;

  Clients(Chance chance, int fleet) {
    this.chance = chance;
    this.callers = new Callers(chance);
    this.machines = new Machines(chance);
    for (int i = 0; i < fleet; i++) {
      miners.add(Samples.minerId("m" + i));
    }
  }

  /** Most miners of the replica say that they are alive. */
  List<Command> heartbeats(State seen, int silentOneIn) {
    List<Command> commands = new ArrayList<>();
    for (MinerId id : seen.miners().inOrder().values()) {
      if (!chance.oneIn(silentOneIn)) {
        Integer score = chance.oneIn(20) ? (int) chance.between(0, 2000) : null;
        commands.add(new Heartbeat(id, ++beats, score));
      }
    }
    return commands;
  }

  /** Somebody wants something. */
  Command next(State seen, long nowMs) {
    return chance.oneIn(40) ? callers.keys(nowMs) : callers.with(wish(seen, nowMs), nowMs);
  }

  private Command wish(State seen, long nowMs) {
    int kind = chance.below(100);
    if (kind < 15) {
      if (kind < 1) {
        return unsettle(seen, nowMs);
      }
      return chance.oneIn(6) ? evidenceCommand(seen, nowMs) : minerCommand(nowMs);
    } else if (kind < 30) {
      return developerCommand(seen);
    } else if (kind < 65) {
      return assignmentCommand(seen);
    } else if (kind < 88) {
      return readings(seen, nowMs);
    } else if (kind < 93) {
      return accountCommand();
    } else if (kind < 98) {
      return settlementCommand(seen);
    }
    return kind == 99 ? policy(seen) : heartbeat();
  }

  /** What sets up a network: deposits, registrations and starts, most of them good. */
  List<Command> opening(State seen, long nowMs) {
    List<Command> commands = new ArrayList<>();
    if (chance.oneIn(4)) {
      commands.add(policy(seen));
    }
    for (String developer : DEVELOPERS) {
      commands.add(new Deposit(developer, amount(13), "d-" + serial++, Amount.ZERO));
    }
    for (MinerId id : miners) {
      commands.add(register(id, nowMs));
      commands.add(new StateStake(id, Amount.ofPha(3000), "s-" + serial++));
      commands.add(new StartMiner(id));
    }
    return commands;
  }

  private Heartbeat heartbeat() {
    return new Heartbeat(chance.of(miners), chance.between(0, beats + 1), null);
  }

  private Command minerCommand(long nowMs) {
    MinerId id = chance.of(miners);
    return switch (chance.below(18)) {
      case 0, 1 -> register(id, nowMs);
      case 2, 3, 4, 5 -> new StartMiner(id);
      case 6 -> new StopMiner(id);
      case 7 ->
          new ChangeMinerTerms(
              id, chance.oneIn(2) ? null : chance.of(REGIONS), chance.oneIn(2) ? null : ask());
      case 8, 9 -> new RenewEvidence(id, evidence(nowMs));
      case 10 -> new StateStake(id, Amount.ofPha(chance.between(0, 9000)), "s-" + serial++);
      case 11 ->
          new CordonMiner(
              id,
              "admin",
              "why not",
              chance.oneIn(2) ? null : Duration.ofSeconds(chance.between(0, 600)));
      default -> new UncordonMiner(id);
    };
  }

  /** Something that may move a contract. */
  private Command unsettle(State seen, long nowMs) {
    List<MinerId> busy =
        seen.assignments().image().stream()
            .filter(Assignment::isLive)
            .map(Assignment::minerId)
            .toList();
    MinerId id = chance.of(busy.isEmpty() ? miners : busy);
    return chance.oneIn(3)
        ? new CordonMiner(id, "admin", "repair", Duration.ofSeconds(chance.between(0, 1200)))
        : new RenewEvidence(id, evidence(nowMs));
  }

  private Command evidenceCommand(State seen, long nowMs) {
    List<MinerId> known = List.copyOf(seen.miners().inOrder().values());
    if (known.isEmpty() || chance.oneIn(4)) {
      return machines.proven(register(chance.of(miners), nowMs), seen, nowMs);
    }
    Miner miner = seen.miners().known(chance.of(known));
    return switch (chance.below(6)) {
      case 0 -> machines.publication(nowMs);
      case 1, 2, 3 -> machines.renewal(miner, seen, nowMs);
      default -> machines.review(miner, seen, nowMs);
    };
  }

  private RegisterMiner register(MinerId id, long nowMs) {
    int performance = chance.any(40, 700, 700, 1000, 1500);
    return new RegisterMiner(
        id,
        chance.of(OPERATORS),
        chance.of(REGIONS),
        Amount.ofPha(chance.any(0L, 3000L, 3000L, 3000L, 50_000L)),
        performance,
        ask(),
        evidence(nowMs));
  }

  private Evidence evidence(long nowMs) {
    Long expiresAtMs = !chance.oneIn(5) ? null : (Long) (nowMs + chance.between(-1000, 7_200_000));
    return new Evidence(
        (int) chance.between(1, 5), "dcap", 1, List.of("INTEL-SA-00219"), nowMs, expiresAtMs, "ab");
  }

  private GasPrice ask() {
    return GasPrice.of(chance.any(0L, 7L, 99L, 100L, 333L, 1000L));
  }

  private Command developerCommand(State seen) {
    List<DeploymentId> known = List.copyOf(seen.deployments().inOrder().values());
    if (known.isEmpty() || chance.oneIn(2)) {
      return create();
    }
    Deployment deployment = seen.deployments().known(chance.of(known));
    String who = chance.oneIn(10) ? chance.of(DEVELOPERS) : deployment.developer();
    if (chance.oneIn(3)) {
      return new CancelDeployment(who, deployment.id());
    }
    DeploymentSpec before = chance.oneIn(20) ? spec() : deployment.spec();
    DeploymentSpec after =
        chance.oneIn(2)
            ? deployment.spec().withBudget(budget())
            : changed(deployment.spec(), spec());
    return new ChangeDeployment(who, deployment.id(), before, after);
  }

  private CreateDeployment create() {
    Amount start = chance.oneIn(3) ? Amount.ofPha(1) : Amount.ZERO;
    return new CreateDeployment(chance.of(DEVELOPERS), spec(), start);
  }

  private DeploymentSpec spec() {
    int replicas = chance.any(1, 1, 2, 3, 5);
    return new DeploymentSpec(
        "n-" + serial++,
        "0x" + "ab".repeat(32),
        null,
        Tiers.of(chance.any(List.of(1, 2, 3, 4, 5), List.of(1, 2, 3), List.of(3, 4))),
        chance.any(0, 0, 700, 1000),
        replicas,
        (int) chance.between(1, replicas),
        chance.below(3),
        chance.oneIn(5) ? List.of(chance.of(REGIONS)) : List.of(),
        chance.oneIn(9) ? List.of(chance.of(OPERATORS)) : List.of(),
        chance.oneIn(9) ? List.of(chance.of(OPERATORS)) : List.of(),
        chance.any(Preference.values()),
        GasPrice.of(chance.any(1L, 100L, 500L, 1000L, 2000L)),
        budget(),
        chance.oneIn(3) ? new IsoDuration(chance.any("PT0S", "PT5M", "PT2H")) : null,
        new IsoDuration(chance.any("PT20M", "PT6H", "P30D")),
        new TreeMap<>(Map.of("team", "x")));
  }

  /** The one with some fields of the other. */
  private DeploymentSpec changed(DeploymentSpec one, DeploymentSpec other) {
    boolean gang = chance.oneIn(2);
    boolean replicas = gang && chance.oneIn(2);
    int count = replicas ? other.replicas() : one.replicas();
    return new DeploymentSpec(
        one.name(),
        chance.oneIn(30) ? "0x" + "cd".repeat(32) : one.codeHash(),
        one.codeUri(),
        chance.oneIn(3) ? other.tiers() : one.tiers(),
        chance.oneIn(3) ? other.minPerformance() : one.minPerformance(),
        count,
        gang ? (int) chance.between(1, count) : Math.min(count, one.minReplicas()),
        chance.oneIn(3) ? other.maxPerOperator() : one.maxPerOperator(),
        chance.oneIn(3) ? other.regions() : one.regions(),
        one.allowOperators(),
        one.denyOperators(),
        one.preference(),
        chance.oneIn(3) ? other.maxGasPrice() : one.maxGasPrice(),
        chance.oneIn(3) ? other.budget() : one.budget(),
        chance.oneIn(3) ? other.queueTimeout() : one.queueTimeout(),
        chance.oneIn(3) ? other.lifetime() : one.lifetime(),
        one.labels());
  }

  private Amount budget() {
    return amount(chance.any(4, 6, 8, 9, 11));
  }

  private Amount amount(int digits) {
    return Amount.of(chance.between(1, (long) Math.pow(10, digits)));
  }

  private Command assignmentCommand(State seen) {
    List<Assignment> known = seen.assignments().image();
    if (known.isEmpty()) {
      return new AcknowledgeAssignment(AssignmentId.at(chance.between(1, 50)), 1);
    }
    List<Assignment> live = known.stream().filter(Assignment::isLive).toList();
    Assignment assignment = live.isEmpty() || chance.oneIn(6) ? chance.of(known) : chance.of(live);
    long epoch = assignment.epoch() + (chance.oneIn(15) ? chance.between(-1, 1) : 0);
    return switch (chance.below(10)) {
      case 0 -> new CompleteAssignment(assignment.id(), epoch, "done");
      case 1, 2 -> new FailAssignment(assignment.id(), epoch, null);
      default -> new AcknowledgeAssignment(assignment.id(), epoch);
    };
  }

  private Command readings(State seen, long nowMs) {
    List<Assignment> known = seen.assignments().image();
    List<Assignment> worked =
        chance.oneIn(10) ? known : known.stream().filter(Assignment::awaitsFinalReading).toList();
    List<Reading> readings = new ArrayList<>();
    for (int i = chance.below(5); i >= 0 && !known.isEmpty(); i--) {
      readings.add(reading(chance.of(worked.isEmpty() ? known : worked), nowMs));
    }
    return new ReportGas(readings);
  }

  private Reading reading(Assignment assignment, long nowMs) {
    Long runningAtMs = assignment.runningAtMs();
    long workedMs = runningAtMs == null ? 0 : nowMs - runningAtMs;
    long possible = Math.max(0, (workedMs + 60_000) * assignment.placement().performance());
    long standing = assignment.meter().gasUsed();
    long gasUsed =
        switch (chance.below(12)) {
          case 0 -> possible + chance.between(0, 2);
          case 1 -> Math.max(0, standing - chance.between(0, 5));
          case 2 -> standing;
          default -> standing + chance.between(0, Math.max(1, Math.min(possible, 50_000)));
        };
    return new Reading(
        assignment.id(),
        assignment.epoch() + (chance.oneIn(30) ? 1 : 0),
        assignment.meter().lastSequence() + chance.any(-1L, 0L, 1L, 1L, 1L, 1L, 4L),
        gasUsed,
        chance.oneIn(6));
  }

  private Command accountCommand() {
    String developer = chance.of(DEVELOPERS);
    Amount start = chance.oneIn(3) ? Amount.ofPha(1) : Amount.ZERO;
    String reference = chance.oneIn(9) ? "open-mode" : "r-" + chance.below(40);
    return chance.oneIn(3)
        ? new Withdraw(developer, amount(chance.any(3, 9, 13)), reference, start)
        : new Deposit(developer, amount(chance.any(3, 9, 12)), reference, start);
  }

  private Command settlementCommand(State seen) {
    long number = Math.max(1, seen.settlements().lastNumber() - chance.below(3));
    return chance.oneIn(2)
        ? new MarkSettlementDelivered(number)
        : new AcknowledgeSettlement(number, "paid-" + (chance.oneIn(5) ? serial : number));
  }

  private ChangePolicy policy(State seen) {
    MinerRules m = MinerRules.DEFAULT;
    GasRules gas =
        new GasRules(
            chance.any(0, 20, 33, 100, 101),
            seconds(0, 120),
            seconds(0, 1200),
            (int) chance.between(0, 30),
            seconds(0, 600));
    MinerRules miners =
        new MinerRules(
            m.minimumPerformance(),
            m.stakeFactor(),
            m.highestValuePha(),
            seconds(0, 7200),
            seconds(30, 300),
            seconds(0, 120),
            m.nextHeartbeatIn(),
            m.driftPercent(),
            (int) chance.between(0, 60),
            (int) chance.between(1, 12),
            seconds(0, 900),
            (int) chance.between(1, 3),
            seconds(1, 600));
    AssignmentRules assignments =
        new AssignmentRules(
            seconds(1, 60),
            seconds(0, 7200),
            seconds(0, 600),
            (int) chance.between(1, 5),
            (int) chance.between(1, 3),
            seconds(0, 60));
    GatheringRules gathering =
        new GatheringRules(
            seconds(0, 900), seconds(1, 1800), seconds(0, 1800), (int) chance.between(0, 50));
    MoveRules moves = new MoveRules(seconds(0, 3600), (int) chance.between(1, 5), seconds(1, 60));
    long version = seen.policy().version() - (chance.oneIn(8) ? 1 : 0);
    return new ChangePolicy(
        Policy.DEFAULT.with(miners).with(assignments).with(gas).with(gathering).with(moves),
        version);
  }

  private Duration seconds(long lowest, long highest) {
    return Duration.ofSeconds(chance.between(lowest, highest));
  }
}
