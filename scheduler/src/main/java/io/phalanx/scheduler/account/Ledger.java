package io.phalanx.scheduler.account;

import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.settlement.SettlementLine;
import io.phalanx.scheduler.unit.Amount;
import java.math.BigInteger;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where all money is. Every movement takes from one account what it gives to another, so {@link
 * #sum} is always zero; the account {@code external} stands for the world outside and is the only
 * one that may be negative.
 */
public final class Ledger {

  private final Map<String, Account> accounts = new HashMap<>();
  private final Map<MinerId, Earnings> earnings = new HashMap<>();
  private final Map<String, Amount> references = new HashMap<>();
  private Amount treasury = Amount.ZERO;
  private BigInteger external = BigInteger.ZERO;

  /**
   * The ledger as a snapshot has it.
   *
   * @param accounts by developer
   * @param earnings by miner
   * @param references of deposits and withdrawals, with their amounts
   * @param treasury the treasury's balance
   * @param external what came in less what went out, negated
   */
  public record Image(
      SortedMap<String, Account> accounts,
      SortedMap<MinerId, Earnings> earnings,
      SortedMap<String, Amount> references,
      Amount treasury,
      BigInteger external) {}

  /** Takes over a snapshot. */
  public void restore(Image image) {
    accounts.putAll(image.accounts());
    earnings.putAll(image.earnings());
    references.putAll(image.references());
    treasury = image.treasury();
    external = image.external();
  }

  /** The ledger for a snapshot, in a fixed order. */
  public Image image() {
    return new Image(
        new TreeMap<>(accounts),
        new TreeMap<>(earnings),
        new TreeMap<>(references),
        treasury,
        external);
  }

  /** The account of that developer, if it ever had one. */
  public Optional<Account> find(String developer) {
    return Optional.ofNullable(accounts.get(developer));
  }

  /** The account of that developer; empty if it never had one. */
  public Account of(String developer) {
    return accounts.getOrDefault(developer, Account.EMPTY);
  }

  /** The fees of that miner. */
  public Earnings of(MinerId miner) {
    return earnings.getOrDefault(miner, Earnings.NONE);
  }

  /** All accounts by developer. */
  public Map<String, Account> accounts() {
    return Collections.unmodifiableMap(accounts);
  }

  /** The treasury's balance. */
  public Amount treasury() {
    return treasury;
  }

  /** The amount that was moved under that reference, if one was. */
  public Optional<Amount> movedUnder(String scope) {
    return Optional.ofNullable(references.get(scope));
  }

  /** Money comes in: external → available. */
  public void deposit(String developer, Amount amount, String scope) {
    accounts.put(developer, of(developer).credited(amount));
    external = external.subtract(amount.pico());
    references.put(scope, amount);
  }

  /** Money goes out: available → external. */
  public void withdraw(String developer, Amount amount, String scope) {
    accounts.put(developer, of(developer).debited(amount));
    external = external.add(amount.pico());
    references.put(scope, amount);
  }

  /** Budget is bound: available → held. */
  public void hold(String developer, Amount amount) {
    accounts.put(developer, of(developer).holding(amount));
  }

  /** Budget is given back: held → available. */
  public void release(String developer, Amount amount) {
    accounts.put(developer, of(developer).releasing(amount));
  }

  /** Gas is charged: held → earned and treasury. */
  public void charge(String developer, MinerId miner, Amount fee, Amount treasuryPart) {
    accounts.put(developer, of(developer).charged(fee.plus(treasuryPart)));
    earnings.put(miner, of(miner).plus(fee));
    treasury = treasury.plus(treasuryPart);
  }

  /** A period is closed: earned → payable. */
  public void close(SettlementLine line) {
    earnings.put(line.minerId(), of(line.minerId()).closed(line.fee()));
  }

  /** A settlement is paid: payable → settled. */
  public void pay(SettlementLine line) {
    earnings.put(line.minerId(), of(line.minerId()).paid(line.fee()));
  }

  /** The sum over all accounts: zero, always. */
  public BigInteger sum() {
    BigInteger sum = external.add(treasury.pico());
    for (Account account : accounts.values()) {
      sum = sum.add(account.available().pico()).add(account.held().pico());
    }
    for (Earnings miner : earnings.values()) {
      sum = sum.add(miner.earned().pico()).add(miner.payable().pico()).add(miner.settled().pico());
    }
    return sum;
  }
}
