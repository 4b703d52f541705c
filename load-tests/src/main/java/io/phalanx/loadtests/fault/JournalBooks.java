package io.phalanx.loadtests.fault;

import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.event.AccountEvent.Deposited;
import io.phalanx.scheduler.event.AccountEvent.Withdrawn;
import io.phalanx.scheduler.event.AssignmentEvent.GasCharged;
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentCreated;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.MinerEvent.MinerRegistered;
import io.phalanx.simulator.ledger.Funds;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the clients' ledger is held against: plain sums and sets over a journal's events. */
public final class JournalBooks {
  private static final int NAMED = 50;

  private final Map<String, String> deploymentByName = new HashMap<>();
  private final Set<String> deployments = new HashSet<>();
  private final Set<String> miners = new HashSet<>();
  private final Set<Deposit> deposits = new HashSet<>();
  private final Map<String, BigInteger> money = new HashMap<>();
  private final Map<String, BigInteger> charges = new HashMap<>();
  private final List<String> faults = new ArrayList<>();

  private record Deposit(String account, String reference) {}

  /** The next event. */
  public void take(StampedEvent stamped) {
    Event event = stamped.event();
    if (event instanceof DeploymentCreated created) {
      created(created);
    } else if (event instanceof MinerRegistered registered) {
      miners.add(registered.minerId().text());
    } else if (event instanceof Deposited deposited) {
      deposited(new Deposit(deposited.developer(), deposited.reference()));
      money.merge(deposited.developer(), deposited.amount().pico(), BigInteger::add);
    } else if (event instanceof Withdrawn withdrawn) {
      money.merge(withdrawn.developer(), withdrawn.amount().pico().negate(), BigInteger::add);
    } else if (event instanceof GasCharged charged) {
      BigInteger fee = charged.fee().pico().add(charged.treasury().pico());
      charges.merge(charged.assignmentId().text(), fee, BigInteger::add);
    }
  }

  /** Deployments in the journal that nobody had been told of. */
  public int unanswered(Snapshot told) {
    return (int) deployments.stream().filter(id -> !told.deployments().containsKey(id)).count();
  }

  /** What the ledger and the journal do not agree on; what was seen before is said again. */
  public List<String> faults(Snapshot told) {
    List<String> found = new ArrayList<>(lost(told));
    told.funds().forEach((developer, funds) -> compare(developer, funds, found));
    told.gas().forEach((id, gas) -> compare(id, gas, found));
    return found.size() > NAMED ? List.copyOf(found.subList(0, NAMED)) : found;
  }

  /**
   * What the ledger has and the journal does not, or the journal has twice: for a journal that was
   * read after the ledger, while both went on.
   */
  public List<String> lost(Snapshot told) {
    List<String> found = new ArrayList<>(faults);
    told.deployments().values().stream()
        .filter(one -> !deployments.contains(one.id()))
        .map(one -> "deployment " + one.id() + " was acknowledged and is not in the journal")
        .forEach(found::add);
    told.miners().keySet().stream()
        .filter(id -> !miners.contains(id))
        .map(id -> "miner " + id + " was acknowledged and is not in the journal")
        .forEach(found::add);
    return found;
  }

  /** Every name is one request's, so a second deployment of one name is a request done twice. */
  private void created(DeploymentCreated created) {
    String id = created.deploymentId().text();
    deployments.add(id);
    String name = created.spec().name();
    String before = name == null ? null : deploymentByName.putIfAbsent(name, id);
    if (before != null) {
      faults.add("request " + name + " made deployments " + before + " and " + id);
    }
  }

  private void deposited(Deposit deposit) {
    if (!deposits.add(deposit)) {
      faults.add("deposit " + deposit.reference() + " of " + deposit.account() + " is there twice");
    }
  }

  /** Which of these deposits, that were acknowledged, the journal does not have. */
  public List<String> lostDeposits(String account, List<String> references) {
    return references.stream()
        .filter(reference -> !deposits.contains(new Deposit(account, reference)))
        .map(reference -> "deposit " + reference + " of " + account + " is not in the journal")
        .limit(NAMED)
        .toList();
  }

  private void compare(String developer, Funds funds, List<String> found) {
    BigInteger there = money.getOrDefault(developer, BigInteger.ZERO);
    if (there.compareTo(funds.least()) < 0) {
      found.add("account " + developer + " got " + there + ", acknowledged " + funds.least());
    } else if (there.compareTo(funds.most()) > 0) {
      found.add("account " + developer + " got " + there + ", sent at most " + funds.most());
    }
  }

  private void compare(
      String assignment, io.phalanx.simulator.ledger.GasCharged told, List<String> found) {
    BigInteger there = charges.getOrDefault(assignment, BigInteger.ZERO);
    BigInteger most = BigInteger.valueOf(told.sent()).multiply(told.gasPrice());
    if (there.compareTo(told.charged()) < 0) {
      found.add(
          "assignment " + assignment + " is charged " + there + ", answered " + told.charged());
    } else if (there.compareTo(most) > 0) {
      found.add("assignment " + assignment + " is charged " + there + ", used at most " + most);
    }
  }
}
