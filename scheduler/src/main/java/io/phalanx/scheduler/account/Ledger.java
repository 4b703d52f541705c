package io.phalanx.scheduler.account;

import io.phalanx.scheduler.event.CorruptStateException;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.settlement.CorrectedCharge;
import io.phalanx.scheduler.settlement.SettlementLine;
import io.phalanx.scheduler.unit.Amount;
import java.math.BigInteger;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Where all money is. Every movement takes from one account what it gives to another, so {@link
 * #sum} is always zero; the account {@code external} stands for the world outside and is the only
 * one that may be negative.
 */
public final class Ledger {

  private final Map<String, Account> accounts = new HashMap<>();
  private final Map<MinerId, Earnings> earnings = new HashMap<>();
  private final Map<String, Amount> references = new HashMap<>();
  private final Map<MinerId, Amount> owed = new HashMap<>();
  private final Set<String> corrected = new HashSet<>();
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
   * @param owed what will be withheld, by miner; a snapshot from before corrections has none
   * @param corrected receipts whose charges were taken back; likewise
   */
  public record Image(
      SortedMap<String, Account> accounts,
      SortedMap<MinerId, Earnings> earnings,
      SortedMap<String, Amount> references,
      Amount treasury,
      BigInteger external,
      SortedMap<MinerId, Amount> owed,
      SortedSet<String> corrected) {

    /** Of a ledger that nothing has moved in. */
    public static final Image EMPTY = new Ledger().image();

    /** Fills in what a snapshot of an earlier version does not have. */
    public Image {
      owed = Objects.requireNonNullElseGet(owed, TreeMap::new);
      corrected = Objects.requireNonNullElseGet(corrected, TreeSet::new);
    }
  }

  /** Takes over a snapshot. */
  public void restore(Image image) {
    accounts.putAll(image.accounts());
    earnings.putAll(image.earnings());
    references.putAll(image.references());
    treasury = image.treasury();
    external = image.external();
    owed.putAll(image.owed());
    corrected.addAll(image.corrected());
  }

  /** The ledger for a snapshot, in a fixed order. */
  public Image image() {
    return copy().get();
  }

  /** The same as it is now, put in order when it is asked for. */
  public Supplier<Image> copy() {
    Map<String, Account> accountsNow = new HashMap<>(accounts);
    Map<MinerId, Earnings> earningsNow = new HashMap<>(earnings);
    Map<String, Amount> referencesNow = new HashMap<>(references);
    Map<MinerId, Amount> owedNow = new HashMap<>(owed);
    Set<String> correctedNow = new HashSet<>(corrected);
    Amount treasuryNow = treasury;
    BigInteger externalNow = external;
    return () ->
        new Image(
            new TreeMap<>(accountsNow),
            new TreeMap<>(earningsNow),
            new TreeMap<>(referencesNow),
            treasuryNow,
            externalNow,
            new TreeMap<>(owedNow),
            new TreeSet<>(correctedNow));
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

  /** Whether the charge of that receipt was taken back. */
  public boolean isCorrected(String receiptId) {
    return corrected.contains(receiptId);
  }

  /** What will be withheld from the miner's next lines. */
  public Amount owedBy(MinerId miner) {
    return owed.getOrDefault(miner, Amount.ZERO);
  }

  /** A charge of the open period is taken back: earned and treasury → available. */
  public void uncharge(CorrectedCharge charge) {
    refund(charge);
    earnings.put(charge.minerId(), of(charge.minerId()).minus(charge.fee()));
    treasury = treasury.minus(charge.treasury());
  }

  /** A charge of a closed period is taken back: treasury → available; the miner owes its part. */
  public void refundFromTreasury(CorrectedCharge charge) {
    refund(charge);
    treasury = treasury.minus(charge.total());
    owe(charge.minerId(), owedBy(charge.minerId()).plus(charge.fee()));
  }

  private void refund(CorrectedCharge charge) {
    if (!corrected.add(charge.receiptId())) {
      throw new CorruptStateException("receipt " + charge.receiptId() + " was corrected before");
    }
    accounts.put(charge.developer(), of(charge.developer()).refunded(charge.total()));
  }

  private void owe(MinerId miner, Amount amount) {
    if (amount.isZero()) {
      owed.remove(miner);
    } else {
      owed.put(miner, amount);
    }
  }

  /** A period is closed: earned → payable, and what is withheld → treasury. */
  public void close(SettlementLine line) {
    MinerId miner = line.minerId();
    Amount withheld = line.held();
    earnings.put(miner, of(miner).minus(withheld).closed(line.fee()));
    treasury = treasury.plus(withheld);
    owe(miner, owedBy(miner).minus(withheld));
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
