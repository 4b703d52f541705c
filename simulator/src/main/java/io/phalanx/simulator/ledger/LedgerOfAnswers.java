package io.phalanx.simulator.ledger;

import io.phalanx.simulator.http.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The client's own record of every write that the service acknowledged, to hold against what the
 * service still knows after a crash or at the end. In memory, and optionally in an append-only file
 * of JSON lines. Used from one event loop.
 */
public final class LedgerOfAnswers implements AutoCloseable {
  /** Of each kind so many are remembered; later ones are counted as left out. */
  public static final int LIMIT = 2_000_000;

  private final Map<String, Acknowledged> deployments = new LinkedHashMap<>();
  private final Map<String, String> idByKey = new HashMap<>();
  private final Map<String, Acknowledged> miners = new LinkedHashMap<>();
  private final Map<String, GasCharged> gas = new LinkedHashMap<>();
  private final Map<String, Funds> funds = new LinkedHashMap<>();
  private final List<String> doubled = new ArrayList<>();
  private final @Nullable BufferedWriter file;
  private long highestPosition;
  private long leftOut;

  private LedgerOfAnswers(@Nullable BufferedWriter file) {
    this.file = file;
  }

  public static LedgerOfAnswers inMemory() {
    return new LedgerOfAnswers(null);
  }

  /** Also appends each acknowledged write to the file. */
  public static LedgerOfAnswers open(Optional<Path> path) throws IOException {
    if (path.isEmpty()) {
      return inMemory();
    }
    return new LedgerOfAnswers(
        Files.newBufferedWriter(path.get(), StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  /** A deployment was answered with 201; two ids under one key are one effect too many. */
  public void deployment(String id, String developer, String name, String key, long position) {
    String before = idByKey.putIfAbsent(key, id);
    if (before != null && !before.equals(id)) {
      doubled.add("key " + key + " made deployments " + before + " and " + id);
    }
    keep(deployments, new Acknowledged("deployment", id, developer, name, "", position));
  }

  public void miner(String minerId, long position) {
    keep(miners, new Acknowledged("miner", minerId, "", "", "", position));
  }

  /**
   * What a developer's account held in all before this run touched it: available, held and spent.
   */
  public void opening(String developer, BigInteger total) {
    funds.put(developer, new Funds(total, BigInteger.ZERO, BigInteger.ZERO));
  }

  /** A deposit is about to be sent: from now on it may have happened. */
  public void depositSent(String developer, BigInteger amount) {
    funds.computeIfPresent(developer, (name, before) -> before.sending(amount));
  }

  /** A deposit was refused: it did not happen. */
  public void depositRefused(String developer, BigInteger amount) {
    funds.computeIfPresent(developer, (name, before) -> before.refusing(amount));
  }

  public void deposited(String developer, String reference, BigInteger amount, long position) {
    funds.computeIfPresent(developer, (name, before) -> before.depositing(amount));
    write(new Acknowledged("deposit", reference, developer, "", amount.toString(), position));
  }

  /** A reading is about to be sent: from now on its gas may be charged. */
  public void gasSent(String assignmentId, String deploymentId, BigInteger price, long gasUsed) {
    GasCharged before = gas.get(assignmentId);
    if (before != null) {
      gas.put(assignmentId, before.sending(gasUsed));
    } else if (gas.size() < LIMIT) {
      gas.put(assignmentId, new GasCharged(deploymentId, BigInteger.ZERO, gasUsed, price));
    } else {
      leftOut++;
    }
  }

  public void gasCharged(String assignmentId, BigInteger fee, long position) {
    GasCharged after = gas.computeIfPresent(assignmentId, (id, before) -> before.charging(fee));
    if (after != null) {
      write(
          new Acknowledged(
              "gas", assignmentId, after.deploymentId(), "", fee.toString(), position));
    }
  }

  public Map<String, Acknowledged> deployments() {
    return Collections.unmodifiableMap(deployments);
  }

  public Map<String, Acknowledged> miners() {
    return Collections.unmodifiableMap(miners);
  }

  public Map<String, GasCharged> gas() {
    return Collections.unmodifiableMap(gas);
  }

  public Map<String, Funds> funds() {
    return Collections.unmodifiableMap(funds);
  }

  /** Second effects that showed in the answers already. */
  public List<String> doubled() {
    return List.copyOf(doubled);
  }

  /** The newest journal position of any acknowledged write. */
  public long highestPosition() {
    return highestPosition;
  }

  /** Acknowledged writes beyond {@link #LIMIT}, which no check covers. */
  public long leftOut() {
    return leftOut;
  }

  public void flush() {
    if (file != null) {
      try {
        file.flush();
      } catch (IOException e) {
        throw new UncheckedIOException("the ledger's file", e);
      }
    }
  }

  @Override
  public void close() {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        throw new UncheckedIOException("the ledger's file", e);
      }
    }
  }

  private void keep(Map<String, Acknowledged> where, Acknowledged what) {
    if (where.size() < LIMIT) {
      where.put(what.id(), what);
    } else {
      leftOut++;
    }
    write(what);
  }

  private void write(Acknowledged what) {
    highestPosition = Math.max(highestPosition, what.position());
    if (file != null) {
      try {
        file.write(Json.text(what));
        file.newLine();
      } catch (IOException e) {
        throw new UncheckedIOException("the ledger's file", e);
      }
    }
  }
}
