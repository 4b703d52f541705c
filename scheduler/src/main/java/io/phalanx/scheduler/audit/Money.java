package io.phalanx.scheduler.audit;

import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.unit.Amount;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Accounts in double entry: every event's lines must sum to zero. */
final class Money {

  static final String EXTERNAL = "external";
  static final String TREASURY = "treasury";
  static final String SETTLED = "settled";

  private final Findings findings;
  private final Map<String, BigInteger> balances = new HashMap<>();
  private final Set<String> touched = new LinkedHashSet<>();
  private BigInteger open = BigInteger.ZERO;

  Money(Findings findings) {
    this.findings = findings;
  }

  static String available(String developer) {
    return "available:" + developer;
  }

  static String held(DeploymentId deployment) {
    return "held:" + deployment;
  }

  static String earned(MinerId miner) {
    return "earned:" + miner;
  }

  static String payable(long settlement) {
    return "payable:" + settlement;
  }

  BigInteger balance(String account) {
    return balances.getOrDefault(account, BigInteger.ZERO);
  }

  void move(String from, String to, Amount amount) {
    post(from, amount.pico().negate());
    post(to, amount.pico());
  }

  /** One line of the event at hand. */
  void post(String account, BigInteger amount) {
    balances.merge(account, amount, BigInteger::add);
    open = open.add(amount);
    touched.add(account);
  }

  /** The event has no more lines. */
  void close() {
    if (touched.isEmpty()) {
      return;
    }
    if (open.signum() != 0) {
      findings.report(5, "the event's lines sum to " + open + ", not to 0");
      open = BigInteger.ZERO;
    }
    for (String account : touched) {
      BigInteger balance = balance(account);
      if (balance.signum() < 0 && !account.equals(EXTERNAL)) {
        findings.report(5, account + " stands at " + balance);
      }
      if (balance.signum() == 0) {
        balances.remove(account);
      }
    }
    touched.clear();
  }

  /** The sum over all accounts, added up anew; what an unbalanced event left is in it. */
  BigInteger sum() {
    return balances.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
  }

  /** Every account that does not stand at zero. */
  SortedMap<String, BigInteger> balances() {
    return new TreeMap<>(balances);
  }

  int accounts() {
    return balances.size();
  }
}
