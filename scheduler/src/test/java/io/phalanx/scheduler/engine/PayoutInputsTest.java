package io.phalanx.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.command.MinerCommand.Heartbeat;
import io.phalanx.scheduler.command.MinerCommand.StartMiner;
import io.phalanx.scheduler.command.MinerCommand.StopMiner;
import io.phalanx.scheduler.command.SettlementCommand.AcknowledgeSettlement;
import io.phalanx.scheduler.event.SettlementEvent.SettlementClosed;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.journal.JournalHead;
import io.phalanx.scheduler.journal.JournalRow;
import io.phalanx.scheduler.miner.MinerState;
import io.phalanx.scheduler.policy.MinerRules;
import io.phalanx.scheduler.policy.Policy;
import io.phalanx.scheduler.proof.SettlementSeal;
import io.phalanx.scheduler.proof.SigningKey;
import io.phalanx.scheduler.receipt.SignedLog;
import io.phalanx.scheduler.receipt.SqliteReceipts;
import io.phalanx.scheduler.reward.Fixed;
import io.phalanx.scheduler.reward.RewardRules;
import io.phalanx.scheduler.settlement.Payout;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.world.World;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What payouts are computed from, followed from the journal into the store. */
class PayoutInputsTest {
  private static final SigningKey KEY = SigningKey.of(new byte[SigningKey.SEED_BYTES]);
  private static final RewardRules RULES = Policy.DEFAULT.rewardRules();

  @TempDir private Path folder;
  private final World world = new World();

  /** A store that has followed all of the world's journal, written after every so many events. */
  private SqliteReceipts followed(String name, int eventsAWrite) {
    SqliteReceipts store = SqliteReceipts.open(folder.resolve(name));
    follow(store, eventsAWrite);
    return store;
  }

  /** Brings a store up to date as a node does after a restart. */
  private void follow(SqliteReceipts store, int eventsAWrite) {
    long from = store.followed();
    ReceiptWriter writer = new ReceiptWriter(new SignedLog(store, KEY));
    JournalHead genesis = JournalRow.genesis("main").head();
    Replica replica = new Replica(genesis);
    replica.onCommitted(
        batch -> {
          if (batch.head().last() > from) {
            writer.take(batch);
            writer.write(batch.head().last());
          }
        });
    List<StampedEvent> journal = world.journal();
    int at = 0;
    while (at < journal.size()) {
      boolean isOld = at < from;
      int to = Math.min(at + eventsAWrite, isOld ? (int) from : journal.size());
      replica.apply(journal.subList(at, to), new JournalHead(to, genesis.hash(), 1));
      at = to;
    }
  }

  private List<ObjectNode> inputs(SqliteReceipts store, long number) {
    return InputChunks.read(store, number, 0, 10_000);
  }

  private AssignmentId working(String name) {
    return world.running(world.create(), world.idle(name));
  }

  private static Fixed grown(Fixed value, long steps) {
    Fixed now = value;
    for (long i = 0; i < steps; i++) {
      now = now.plus(RULES.growth().minus(Fixed.ONE).times(now));
    }
    return now;
  }

  private Fixed initial(MinerId id) {
    return RULES.initialValue(
        world.miner(id).stake(), world.miner(id).performance(), world.miner(id).evidence().tier());
  }

  private static Fixed value(ObjectNode item) {
    return Fixed.ofBits(new BigInteger(item.path("v").textValue()));
  }

  @Nested
  class Close {
    @Test
    void saysOfEachMinerWhatItDidAndIsWorth() {
      MinerId idle = world.idle("idle");
      AssignmentId id = working("busy");
      world.charge(id, 1, 10);
      world.pass(Duration.ofMinutes(10));
      try (SqliteReceipts store = followed("a", 1)) {
        List<ObjectNode> items = inputs(store, 1);
        assertThat(items).hasSize(2);
        ObjectNode waiting =
            items.stream()
                .filter(item -> item.path("minerId").textValue().equals(idle.text()))
                .findFirst()
                .orElseThrow();
        assertThat(waiting.path("idleSeconds").longValue()).isEqualTo(600);
        assertThat(waiting.path("activeSeconds").longValue()).isZero();
        assertThat(value(waiting)).isEqualTo(grown(initial(idle), 50));
        assertThat(waiting.path("vAfterPayout").isNull()).isTrue();
        ObjectNode busy = items.get(1 - items.indexOf(waiting));
        assertThat(busy.path("activeSeconds").longValue()).isEqualTo(600);
      }
    }

    @Test
    void sealsTheirRootAndTheSumOfTheirShares() {
      AssignmentId id = working("a");
      working("b");
      world.charge(id, 1, 10);
      world.pass(Duration.ofMinutes(10));
      try (SqliteReceipts store = followed("a", 3)) {
        SettlementSeal seal = ReceiptWriter.seal(store, 1).orElseThrow();
        BigInteger total =
            inputs(store, 1).stream()
                .map(item -> new BigInteger(item.path("share").textValue()))
                .reduce(BigInteger.ZERO, BigInteger::add);
        assertThat(seal.shareTotal()).isEqualTo(total.toString());
        assertThat(seal.inputsRoot()).hasSize(64);
      }
    }

    @Test
    void leavesOutWhoHasStoppedAndGivesNoShareToTheSilent() {
      AssignmentId id = working("a");
      MinerId stopped = world.idle("b");
      MinerId silent = world.idle("c");
      world.charge(id, 1, 10);
      world.done(new StopMiner(stopped));
      for (int minute = 0; minute < 10; minute++) {
        world.skip(Duration.ofMinutes(1));
        world.beat(world.assignment(id).minerId());
        world.tick();
      }
      try (SqliteReceipts store = followed("a", 1)) {
        List<ObjectNode> items = inputs(store, 1);
        assertThat(items)
            .extracting(item -> item.path("minerId").textValue())
            .containsExactlyInAnyOrder(world.assignment(id).minerId().text(), silent.text());
        ObjectNode quiet =
            items.stream()
                .filter(item -> item.path("minerId").textValue().equals(silent.text()))
                .findFirst()
                .orElseThrow();
        assertThat(quiet.path("share").textValue()).isEqualTo("0");
        assertThat(quiet.path("idleSeconds").longValue()).isBetween(120L, 240L);
      }
    }

    @Test
    void countsWhatHappensLateAtTheEndOfThePeriod() {
      AssignmentId id = working("a");
      MinerId late = world.idle("b");
      world.charge(id, 1, 10);
      world.skip(Duration.ofMinutes(12));
      world.done(new Heartbeat(world.assignment(id).minerId(), 1, null)); // closes the period
      world.done(new StopMiner(late));
      try (SqliteReceipts store = followed("a", 1)) {
        assertThat(inputs(store, 1))
            .extracting(item -> item.path("idleSeconds").longValue())
            .containsExactlyInAnyOrder(0L, 600L);
      }
    }

    @Test
    void countsAScoreUpToTheCapOfItsDrift() {
      AssignmentId id = working("a");
      MinerId fast = world.idle("b");
      int initial = world.miner(fast).performance();
      world.charge(id, 1, 10);
      world.done(new Heartbeat(fast, 1, 3 * initial));
      world.pass(Duration.ofMinutes(10));
      try (SqliteReceipts store = followed("a", 1)) {
        assertThat(inputs(store, 1))
            .extracting(item -> item.path("performance").intValue())
            .containsExactlyInAnyOrder(1_000, initial * 12 / 10);
      }
    }

    @Test
    void usesTheFiguresOfThePolicy() {
      Policy now = world.state().policy();
      MinerRules m = now.miners();
      MinerRules lower =
          new MinerRules(
              m.minimumPerformance(),
              m.stakeFactor(),
              10_000,
              m.coolDown(),
              m.heartbeatWindow(),
              m.silenceGrace(),
              m.nextHeartbeatIn(),
              m.driftPercent(),
              m.massSilencePercent(),
              m.massSilenceMinimum(),
              m.massSilencePause(),
              m.strikesToCordon(),
              m.strikeCordon());
      AssignmentId id = working("a");
      world.charge(id, 1, 10);
      world.policy(now.with(lower));
      world.pass(Duration.ofMinutes(10));
      try (SqliteReceipts store = followed("a", 1)) {
        assertThat(value(inputs(store, 1).get(0))).isLessThanOrEqualTo(Fixed.of(10_000));
      }
    }
  }

  @Nested
  class Acknowledge {
    @Test
    void lowersAValueByWhatWasPaidAndAtMostByWhatWasGained() {
      AssignmentId id = working("a");
      MinerId miner = world.assignment(id).minerId();
      MinerId other = world.idle("b");
      world.charge(id, 1, 10);
      world.pass(Duration.ofMinutes(10));
      world.done(
          new AcknowledgeSettlement(
              1,
              "paid",
              List.of(
                  new Payout(miner, Amount.of(1_000_000)),
                  new Payout(other, Amount.ofPha(1_000)))));
      try (SqliteReceipts store = followed("a", 2)) {
        for (ObjectNode item : inputs(store, 1)) {
          Fixed after = Fixed.ofBits(new BigInteger(item.path("vAfterPayout").textValue()));
          boolean isOther = item.path("minerId").textValue().equals(other.text());
          assertThat(after)
              .isEqualTo(
                  isOther
                      ? initial(other)
                      : value(item).minus(Fixed.ofAmount(Amount.of(1_000_000))));
        }
      }
    }
  }

  @Nested
  class Restart {
    private long paid;

    /** Whatever happens and wherever the node is stopped: the same bytes. */
    @Test
    void changesNothing() {
      long seed = 11;
      SplittableRandom random = new SplittableRandom(seed);
      List<AssignmentId> running = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        running.add(working("w" + i));
      }
      MinerId mover = world.idle("mover");
      long sequence = 0;
      for (int step = 0; step < 60; step++) {
        AssignmentId id = running.get(random.nextInt(running.size()));
        if (world.assignment(id).isLive()) {
          world.charge(id, ++sequence, world.assignment(id).meter().gasUsed() + 10);
        }
        switch (random.nextInt(5)) {
          case 0 -> world.passSilently(Duration.ofSeconds(random.nextInt(150)));
          case 1 -> {
            if (world.miner(mover).state() == MinerState.IDLE) {
              world.done(new StopMiner(mover));
            } else if (world.miner(mover).state() == MinerState.STOPPED) {
              world.done(new StartMiner(mover));
            }
          }
          case 2 -> pay(random);
          default -> {
            world.state().miners().image().forEach(miner -> world.beat(miner.id()));
            world.pass(Duration.ofSeconds(30 + random.nextInt(600)));
          }
        }
      }
      long settlements = world.state().settlements().lastNumber();
      assertThat(settlements).isGreaterThan(5);
      try (SqliteReceipts whole = followed("whole", 100_000);
          SqliteReceipts broken = SqliteReceipts.open(folder.resolve("broken"))) {
        List<StampedEvent> all = List.copyOf(world.journal());
        int to = 0;
        while (to < all.size()) {
          to = Math.min(all.size(), to + 1 + random.nextInt(40));
          world.journal().clear();
          world.journal().addAll(all.subList(0, to));
          follow(broken, 1 + random.nextInt(7));
        }
        for (long number = 1; number <= settlements; number++) {
          assertThat(inputs(broken, number)).as("seed %s", seed).isEqualTo(inputs(whole, number));
          assertThat(broken.seal(number)).isEqualTo(whole.seal(number));
        }
      }
    }

    private void pay(SplittableRandom random) {
      long last = world.state().settlements().lastNumber();
      if (last > paid) {
        paid = last;
        SettlementClosed closed =
            world.journal().stream()
                .map(StampedEvent::event)
                .filter(SettlementClosed.class::isInstance)
                .map(SettlementClosed.class::cast)
                .reduce((first, second) -> second)
                .orElseThrow();
        List<Payout> payouts =
            closed.lines().stream()
                .map(line -> new Payout(line.minerId(), Amount.of(random.nextInt(1_000_000))))
                .toList();
        world.done(new AcknowledgeSettlement(last, "paid-" + last, payouts));
      }
    }
  }
}
