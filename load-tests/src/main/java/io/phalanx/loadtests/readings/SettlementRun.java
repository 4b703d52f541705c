package io.phalanx.loadtests.readings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.api.payout.PayoutClient;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.command.AssignmentCommand.ReportGas;
import io.phalanx.scheduler.command.SettlementCommand.AcknowledgeSettlement;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.proof.SignedDocument;
import io.phalanx.scheduler.proof.SigningKeys;
import io.phalanx.simulator.payout.FaultyPayout;
import io.phalanx.simulator.payout.FaultyPayout.Behaviour;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Closes one period after the other, in which every miner is charged, on a clock of its own, and
 * has the settlements delivered over HTTP to an endpoint that does everything wrong now and then.
 * Then each is acknowledged, and the endpoint's books are held against the service's.
 */
public final class SettlementRun {
  private static final Duration DEADLINE = Duration.ofMillis(300);
  private static final long PERIOD_MS = Duration.ofMinutes(10).toMillis();
  private static final int AT_ONCE = 500;

  private final AtomicLong nowMs =
      new AtomicLong(Instant.parse("2026-01-01T00:00:00Z").toEpochMilli());
  private final Plan plan;
  private final Consumer<String> lines;

  /**
   * How.
   *
   * @param settlements how many
   * @param miners lines in each
   * @param oneIn one delivery in so many goes wrong, in whatever way
   * @param seed draws which
   */
  public record Plan(int settlements, int miners, int oneIn, long seed) {}

  private SettlementRun(Plan plan, Consumer<String> lines) {
    this.plan = plan;
    this.lines = lines;
  }

  /**
   * Runs in an empty folder; says how far it is, and all that is wrong.
   *
   * @return whether both books are equal and nothing was wrong
   */
  public static boolean run(Path folder, Plan plan, Consumer<String> lines)
      throws InterruptedException {
    return new SettlementRun(plan, lines).run(folder);
  }

  private boolean run(Path folder) throws InterruptedException {
    Vertx vertx = Vertx.vertx();
    InstantSource clock = () -> Instant.ofEpochMilli(nowMs.get());
    try (FaultyPayout payout = new FaultyPayout(behaviours(), DEADLINE.toMillis())) {
      SigningKeys keys = SigningKeys.of(MeteredFleet.KEY);
      PayoutClient client = new PayoutClient(vertx, payout.url(), keys, clock, DEADLINE);
      MeteredFleet.Shape shape = new MeteredFleet.Shape(plan.miners(), 1, clock, client);
      try (MeteredFleet fleet = MeteredFleet.start(folder, shape)) {
        long started = System.nanoTime();
        bill(fleet);
        awaitDelivered(fleet.engine(), payout);
        lines.accept("all delivered in %.0f s".formatted((System.nanoTime() - started) / 1e9));
        return holds(fleet, payout);
      }
    } finally {
      vertx.close();
    }
  }

  private IntFunction<Behaviour> behaviours() {
    SplittableRandom random = new SplittableRandom(plan.seed());
    Behaviour[] all = Behaviour.values();
    return n ->
        random.nextInt(plan.oneIn()) == 0 ? all[random.nextInt(all.length)] : Behaviour.WELL;
  }

  private void bill(MeteredFleet fleet) {
    for (int i = 0; i < plan.settlements(); i++) {
      nowMs.addAndGet(PERIOD_MS);
      MeteredFleet.done(fleet.ask(new ReportGas(fleet.readings(fleet.miners()))));
    }
    nowMs.addAndGet(PERIOD_MS); // the last one is closed by the engine's own tick
  }

  private void awaitDelivered(Engine engine, FaultyPayout payout) throws InterruptedException {
    int told = 0;
    while (!isAllDelivered(engine)) {
      Thread.sleep(20);
      int applied = payout.applied().size();
      if (applied >= told + AT_ONCE) {
        told = applied;
        lines.accept(applied + " of " + plan.settlements());
      }
    }
  }

  private boolean isAllDelivered(Engine engine) {
    return engine
        .replica()
        .read(
            state ->
                state.settlements().lastNumber() >= plan.settlements()
                    && state.settlements().oldestUndelivered().isEmpty());
  }

  private boolean holds(MeteredFleet fleet, FaultyPayout payout) {
    List<String> wrong = new ArrayList<>();
    payout.faults().forEach((which, what) -> wrong.add(which + ": " + what));
    Map<Long, byte[]> applied = payout.applied();
    if (applied.size() != plan.settlements() || payout.redirected() > 0) {
      wrong.add(applied.size() + " arrived, " + payout.redirected() + " redirects were followed");
    }
    Map<MinerId, BigInteger> theirs = owed(applied, wrong);
    for (long number = 1; number <= plan.settlements(); number++) {
      MeteredFleet.done(fleet.ask(new AcknowledgeSettlement(number, "paid-" + number)));
    }
    theirs.forEach((miner, owed) -> compare(fleet.engine(), miner, owed, wrong));
    BigInteger sum = fleet.engine().replica().read(state -> state.ledger().sum());
    if (sum.signum() != 0) {
      wrong.add("all accounts sum to " + sum);
    }
    lines.accept("deliveries by what the endpoint did: " + payout.done());
    wrong.forEach(lines);
    lines.accept(
        "%d settlements, %d miners paid, %d wrong"
            .formatted(applied.size(), theirs.size(), wrong.size()));
    return wrong.isEmpty();
  }

  private static void compare(Engine engine, MinerId miner, BigInteger owed, List<String> wrong) {
    BigInteger ours = engine.replica().read(state -> state.ledger().of(miner).settled()).pico();
    if (!ours.equals(owed)) {
      wrong.add(miner + ": " + owed + " by its books, " + ours + " by ours");
    }
  }

  /** What the payout layer owes each miner by its own books. */
  private static Map<MinerId, BigInteger> owed(Map<Long, byte[]> applied, List<String> wrong) {
    Map<MinerId, BigInteger> owed = new TreeMap<>();
    applied.forEach(
        (number, body) -> {
          ObjectNode settlement = parse(body);
          if (!SignedDocument.isSignedBy(MeteredFleet.KEY.verifyingKey(), settlement)) {
            wrong.add("settlement " + number + " is not signed by the scheduler");
          }
          for (JsonNode line : settlement.path("lines")) {
            owed.merge(
                new MinerId(line.path("minerId").textValue()),
                new BigInteger(line.path("fee").textValue()),
                BigInteger::add);
          }
        });
    return owed;
  }

  private static ObjectNode parse(byte[] body) {
    try {
      return CoreJson.stored().readValue(body, ObjectNode.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
