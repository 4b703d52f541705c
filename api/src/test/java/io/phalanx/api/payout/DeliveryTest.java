package io.phalanx.api.payout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.command.SettlementCommand.AcknowledgeSettlement;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.proof.SignedDocument;
import io.phalanx.scheduler.proof.SigningKeys;
import io.phalanx.simulator.payout.FaultyPayout;
import io.phalanx.simulator.payout.FaultyPayout.Behaviour;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settlements arrive once, whole, in order and signed, whatever the other side does. */
class DeliveryTest {
  private static final Duration DEADLINE = Duration.ofMillis(300);

  /** How many settlements pass the faulty endpoint; the soak of the load tests has 10,000. */
  private static final int SOAKED = Integer.getInteger("phalanx.soak.settlements", 60);

  private static final int SOAK_SECONDS = 60 + SOAKED / 5;

  @TempDir private Path folder;
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void closeVertx() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private PayoutClient client(FaultyPayout payout) {
    return new PayoutClient(
        vertx, payout.url(), SigningKeys.of(BilledNode.KEY), InstantSource.system(), DEADLINE);
  }

  private static boolean isAllDelivered(BilledNode node) {
    return node.engine().replica().read(state -> state.settlements().oldestUndelivered().isEmpty());
  }

  private static JsonNode json(byte[] body) {
    try {
      return CoreJson.stored().readTree(body);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What the payout layer owes each miner by its own books. */
  private static Map<MinerId, BigInteger> owed(Map<Long, byte[]> applied) {
    Map<MinerId, BigInteger> owed = new TreeMap<>();
    for (byte[] each : applied.values()) {
      ObjectNode settlement = (ObjectNode) json(each);
      assertThat(SignedDocument.isSignedBy(BilledNode.KEY.verifyingKey(), settlement)).isTrue();
      for (JsonNode line : settlement.path("lines")) {
        owed.merge(
            new MinerId(line.path("minerId").textValue()),
            new BigInteger(line.path("fee").textValue()),
            BigInteger::add);
      }
    }
    return owed;
  }

  private static void assertTheBooksAreEqual(BilledNode node, FaultyPayout payout, int periods) {
    assertThat(payout.faults()).isEmpty();
    assertThat(payout.applied()).hasSize(periods);
    Map<MinerId, BigInteger> theirs = owed(payout.applied());
    for (long number = 1; number <= periods; number++) {
      node.done(new AcknowledgeSettlement(number, "paid-" + number));
    }
    Map<MinerId, BigInteger> ours = new TreeMap<>();
    theirs
        .keySet()
        .forEach(
            miner ->
                ours.put(
                    miner,
                    node.engine()
                        .replica()
                        .read(state -> state.ledger().of(miner).settled())
                        .pico()));
    assertThat(ours).isEqualTo(theirs);
    BigInteger sum = node.engine().replica().read(state -> state.ledger().sum());
    assertThat(sum).isZero();
  }

  @Nested
  class AnEndpoint {
    /** Each fault once, each followed by an answer that is well. */
    @Test
    void thatDoesEverythingWrongHasEachSettlementOnce() {
      Behaviour[] all = Behaviour.values();
      try (FaultyPayout payout =
              new FaultyPayout(n -> n < all.length ? all[n] : Behaviour.WELL, DEADLINE.toMillis());
          BilledNode billed = new BilledNode(folder, 2, client(payout))) {
        billed.bill(all.length);
        BilledNode.await(() -> isAllDelivered(billed));
        assertThat(payout.done().keySet()).containsExactlyInAnyOrder(all);
        assertThat(payout.redirected()).as("no redirect is followed").isZero();
        assertTheBooksAreEqual(billed, payout, all.length);
      }
    }

    /** The soak: {@code -Dphalanx.soak.settlements=10000}. */
    @Test
    void thatIsFaultyNowAndThenHasTheSameBooks() {
      SplittableRandom random = new SplittableRandom(5);
      Behaviour[] all = Behaviour.values();
      try (FaultyPayout payout =
              new FaultyPayout(
                  n -> random.nextInt(20) == 0 ? all[random.nextInt(all.length)] : Behaviour.WELL,
                  DEADLINE.toMillis());
          BilledNode billed = new BilledNode(folder, 3, client(payout))) {
        billed.bill(SOAKED);
        BilledNode.await(() -> isAllDelivered(billed), SOAK_SECONDS);
        assertThat(payout.done().values().stream().mapToInt(times -> times).sum())
            .as("some came again")
            .isGreaterThan(SOAKED);
        assertTheBooksAreEqual(billed, payout, SOAKED);
      }
    }

    @Test
    void thatIsAwayForADaySlowsNothingAndLosesNothing() {
      AtomicBoolean away = new AtomicBoolean(true);
      List<Long> taken = new ArrayList<>();
      try (BilledNode billed =
          new BilledNode(folder, 1, (s, seal) -> !away.get() && taken.add(s.number()))) {
        billed.bill(50);
        assertThat(taken).isEmpty();
        away.set(false);
        BilledNode.await(() -> isAllDelivered(billed));
        assertThat(taken).hasSize(50).isSorted();
      }
    }
  }

  @Nested
  class AFolder {
    private Path out() {
      return folder.resolve("out");
    }

    private List<String> names() throws IOException {
      try (Stream<Path> files = Files.list(out())) {
        return files.map(file -> file.getFileName().toString()).sorted().toList();
      }
    }

    @Test
    void hasAFileForEachSettlementAndNothingElse() throws IOException {
      try (BilledNode billed = new BilledNode(folder.resolve("data"), 1, new PayoutFolder(out()))) {
        billed.bill(3);
        BilledNode.await(() -> isAllDelivered(billed));
        assertThat(names())
            .containsExactly(PayoutFolder.name(1), PayoutFolder.name(2), PayoutFolder.name(3));
        ObjectNode second =
            (ObjectNode) json(Files.readAllBytes(out().resolve(PayoutFolder.name(2))));
        assertThat(second.path("number").longValue()).isEqualTo(2);
        assertThat(SignedDocument.isSignedBy(BilledNode.KEY.verifyingKey(), second)).isTrue();
      }
    }

    @Test
    void isNeverWrittenOver() throws IOException {
      Files.createDirectories(out());
      Path first = Files.writeString(out().resolve(PayoutFolder.name(1)), "mine");
      try (BilledNode billed = new BilledNode(folder.resolve("data"), 1, new PayoutFolder(out()))) {
        billed.bill(1);
        assertThat(isAllDelivered(billed)).isFalse();
        assertThat(Files.readString(first)).isEqualTo("mine");
        Files.delete(first);
        BilledNode.await(() -> isAllDelivered(billed));
        assertThat(Files.readString(first)).startsWith("{\"number\":1,");
      }
    }
  }

  @Nested
  class SeveralReceivers {
    @Test
    void allHaveASettlementBeforeTheNextIsHandedOver() {
      List<String> calls = new ArrayList<>();
      AtomicInteger refusals = new AtomicInteger(1);
      try (BilledNode billed =
          new BilledNode(
              folder,
              1,
              Receivers.of(
                      List.of(
                          (s, seal) -> calls.add("a" + s.number()),
                          (s, seal) ->
                              calls.add("b" + s.number()) && refusals.getAndDecrement() <= 0))
                  .orElseThrow())) {
        billed.bill(2);
        BilledNode.await(() -> isAllDelivered(billed));
        assertThat(calls).containsExactly("a1", "b1", "a1", "b1", "a2", "b2");
      }
    }
  }
}
