package io.phalanx.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.command.DeploymentCommand.CancelDeployment;
import io.phalanx.scheduler.command.MinerCommand.StopMiner;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.view.DeploymentView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChangeStreamTest {

  private static final Optional<StreamId> NO_ID = Optional.empty();

  @TempDir Path folder;

  /** An item as text, everything that a client would see of it. */
  private static String line(StreamItem item) {
    try {
      return item.id().text()
          + " "
          + item.event()
          + " "
          + CoreJson.shown().writeValueAsString(item.view().get());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** A client that polls only when it is told to, as a server would. */
  private static final class Client {

    private final Semaphore ready = new Semaphore(1);
    private final Subscription subscription;
    private final List<String> lines = new ArrayList<>();
    private int asked;

    Client(ChangeStream streams, StreamFilter filter, Optional<StreamId> after) {
      subscription = streams.open(filter, after, ready::release).orElseThrow();
    }

    List<String> until(int count) throws InterruptedException {
      while (lines.size() < count) {
        poll();
      }
      return lines;
    }

    /** What came since it was asked last, up to the first news of that deployment. */
    List<String> until(String deployment) throws InterruptedException {
      int from = asked;
      while (lines.stream().noneMatch(line -> line.contains("{\"id\":\"" + deployment + "\""))) {
        poll();
      }
      asked = lines.size();
      return lines.subList(from, asked);
    }

    private void poll() throws InterruptedException {
      assertThat(ready.tryAcquire(10, TimeUnit.SECONDS)).as("woken, has %s", lines).isTrue();
      for (List<StreamItem> items = subscription.poll(3);
          !items.isEmpty();
          items = subscription.poll(3)) {
        items.forEach(item -> lines.add(line(item)));
      }
    }
  }

  private static void live(TestNode node, int number) {
    node.startMiner(TestNode.miner(number, 1, "op-1", 100));
    DeploymentId id = node.create(number % 2 == 0 ? "dev" : "second", TestNode.spec(1));
    node.awaitState(state -> state.deployments().known(id).lacking() == 0);
    Assignment assignment = node.newest(id);
    node.acknowledge(assignment);
    node.read(assignment, 1, 1000);
    node.complete(assignment);
    TestNode.pass(Duration.ofMinutes(10)); // a settlement closes
    node.done(new StopMiner(TestNode.minerId(number)));
  }

  private static List<String> everything(TestNode node, ChangeStream streams, int atLeast)
      throws InterruptedException {
    long head = node.engine.replica().head().last();
    Client client = new Client(streams, StreamFilter.ALL, Optional.of(new StreamId(0, 0)));
    List<String> lines = client.until(atLeast);
    TestNode.await(() -> node.engine.feed().position() >= head);
    client.subscription.close();
    return List.copyOf(lines);
  }

  @Nested
  class Resume {

    @Test
    void givesTheRestOfTheStreamWhereverItStops() throws InterruptedException {
      StreamFilter lasting =
          new StreamFilter(
              Set.of(
                  StreamKind.DEPLOYMENT,
                  StreamKind.ASSIGNMENT,
                  StreamKind.ROUND,
                  StreamKind.SETTLEMENT),
              null,
              null,
              null);
      List<String> whole = new ArrayList<>();
      try (TestNode node = new TestNode(folder);
          ChangeStream streams = ChangeStream.start(node.engine, node.clock)) {
        Client client = new Client(streams, lasting, NO_ID);
        live(node, 1);
        live(node, 2);
        whole.addAll(client.until(settled(node)));
      }
      try (TestNode node = new TestNode(folder);
          ChangeStream streams = ChangeStream.start(node.engine, node.clock)) {
        Client reference = new Client(streams, lasting, last(whole));
        live(node, 3); // the feed remembers this, and only a replay finds what was before
        whole.addAll(reference.until(settled(node)));
        List<Client> resumed = new ArrayList<>();
        for (int i = 1; i <= whole.size(); i++) {
          resumed.add(new Client(streams, lasting, last(whole.subList(0, i))));
        }
        String marker = settled(node);
        whole.addAll(reference.until(marker));
        for (int i = 0; i < resumed.size(); i++) {
          List<String> rest = whole.subList(i + 1, whole.size());
          assertThat(resumed.get(i).until(marker)).as("after item %d", i).isEqualTo(rest);
        }
        assertThat(whole).hasSizeGreaterThan(40).doesNotHaveDuplicates();
        assertThat(streams.count()).isEqualTo(resumed.size() + 1);
      }
    }

    /** All settlements are delivered; returns a deployment whose creation comes after all that. */
    private static String settled(TestNode node) {
      node.awaitState(
          state ->
              state.settlements().openLines().isEmpty()
                  && state.settlements().oldestUndelivered().isEmpty());
      return node.create(TestNode.spec(1, List.of(5), 1, java.util.Map.of())).text();
    }

    private static Optional<StreamId> last(List<String> lines) {
      String line = lines.get(lines.size() - 1);
      return Optional.of(StreamId.parse(line.substring(0, line.indexOf(' '))).orElseThrow());
    }

    @Test
    void isRefusedForWhatHasNotHappened() {
      try (TestNode node = new TestNode(folder);
          ChangeStream streams = ChangeStream.start(node.engine, node.clock)) {
        long head = node.engine.replica().head().last();
        StreamId future = new StreamId(head + 1_000, 0);
        assertThat(streams.open(StreamFilter.ALL, Optional.of(future), () -> {})).isEmpty();
        StreamId now = new StreamId(head, StreamId.ALL);
        assertThat(streams.open(StreamFilter.ALL, Optional.of(now), () -> {})).isPresent();
      }
    }
  }

  @Nested
  class Filter {

    @Test
    void letsPassOnlyWhatBelongs() throws InterruptedException {
      try (TestNode node = new TestNode(folder);
          ChangeStream streams = ChangeStream.start(node.engine, node.clock)) {
        live(node, 1);
        live(node, 2);
        List<String> all = everything(node, streams, 30);
        assertThat(all).anyMatch(line -> line.contains(" miner "));
        StreamFilter second = new StreamFilter(Set.of(), "second", null, null);
        assertThat(collected(streams, second))
            .isNotEmpty()
            .allMatch(line -> line.contains(" deployment ") || line.contains(" assignment "))
            .filteredOn(line -> line.contains(" deployment "))
            .allMatch(line -> line.contains("\"developer\":\"second\""));
        StreamFilter miner = new StreamFilter(Set.of(), null, null, TestNode.minerId(2));
        assertThat(collected(streams, miner))
            .isNotEmpty()
            .allMatch(line -> line.contains(TestNode.minerId(2).text()));
        StreamFilter rounds = new StreamFilter(Set.of(StreamKind.ROUND), null, null, null);
        assertThat(collected(streams, rounds)).hasSize(2);
      }
    }

    private static List<String> collected(ChangeStream streams, StreamFilter filter) {
      Subscription subscription =
          streams.open(filter, Optional.of(new StreamId(0, StreamId.ALL)), () -> {}).orElseThrow();
      List<String> lines = subscription.poll(10_000).stream().map(ChangeStreamTest::line).toList();
      subscription.close();
      return lines;
    }
  }

  @Nested
  class OfOneResource {

    @Test
    void beginsWithItsPresentStateAndGoesOnBehindIt() throws InterruptedException {
      try (TestNode node = new TestNode(folder);
          ChangeStream streams = ChangeStream.start(node.engine, node.clock)) {
        DeploymentId id = node.create(TestNode.spec(1));
        node.create(TestNode.spec(1));
        StreamFilter filter = new StreamFilter(Set.of(), null, id, null);
        Client client = new Client(streams, filter, NO_ID);
        assertThat(client.until(1).get(0)).contains(id.text()).contains("Pending");
        String first = client.lines.get(0);
        StreamId seen = StreamId.parse(first.substring(0, first.indexOf(' '))).orElseThrow();
        node.done(new CancelDeployment(TestNode.DEVELOPER, id));
        assertThat(client.until(2).get(1)).contains("Cancelled");
        Client resumed = new Client(streams, filter, Optional.of(seen));
        assertThat(resumed.until(1)).containsExactly(client.lines.get(1));
        node.letGo(state -> state.deployments().find(id).isEmpty());
        Client late = new Client(streams, filter, NO_ID);
        assertThat(late.until(1).get(0)).contains("Cancelled");
        StreamFilter ofAnother = new StreamFilter(Set.of(), "second", id, null);
        assertThat(streams.open(ofAnother, NO_ID, () -> {}).orElseThrow().poll(1)).isEmpty();
      }
    }

    @Test
    void showsAMinerWithItsFees() throws InterruptedException {
      try (TestNode node = new TestNode(folder);
          ChangeStream streams = ChangeStream.start(node.engine, node.clock)) {
        live(node, 1);
        StreamFilter filter =
            new StreamFilter(Set.of(StreamKind.MINER), null, null, TestNode.minerId(1));
        Client client = new Client(streams, filter, NO_ID);
        assertThat(client.until(1).get(0)).contains("\"earned\":\"80000000\"");
        List<String> past = new Client(streams, filter, Optional.of(new StreamId(1, 0))).until(5);
        assertThat(past.get(1)).contains("\"earned\":\"0\"").contains("Idle");
      }
    }
  }

  @Nested
  class Items {

    @Test
    void ofSettlementsMayWaitForTheirSeals() {
      try (TestNode node = new TestNode(folder);
          ChangeStream streams = ChangeStream.start(node.engine, node.clock)) {
        Subscription all = streams.open(StreamFilter.ALL, NO_ID, () -> {}).orElseThrow();
        live(node, 1);
        node.deposit("clock"); // time shows only in stamps
        List<StreamItem> items = new ArrayList<>();
        TestNode.await(
            () -> {
              items.addAll(all.poll(100));
              return items.stream().anyMatch(item -> item.event().equals("settlement"));
            });
        assertThat(items)
            .allSatisfy(
                item -> assertThat(item.blocks()).isEqualTo(item.event().equals("settlement")));
      }
    }
  }

  @Nested
  class End {

    @Test
    void comesWithTheNode() {
      try (TestNode node = new TestNode(folder)) {
        Semaphore ready = new Semaphore(0);
        ChangeStream streams = ChangeStream.start(node.engine, node.clock);
        Subscription subscription =
            streams.open(StreamFilter.ALL, NO_ID, ready::release).orElseThrow();
        assertThat(subscription.end()).isEmpty();
        DeploymentId id = node.create(TestNode.spec(1));
        streams.close();
        assertThat(ready.tryAcquire()).isTrue();
        assertThat(subscription.end()).isEmpty(); // not before everything was polled
        List<StreamItem> items = subscription.poll(10);
        assertThat(items).hasSize(1);
        assertThat(((DeploymentView) items.get(0).view().get()).id()).isEqualTo(id);
        assertThat(subscription.end()).contains(StreamEnd.STOPPED);
        assertThat(streams.count()).isZero();
      }
    }

    @Test
    void comesToAClientThatDoesNotRead() {
      try (TestNode node = new TestNode(folder);
          ChangeStream streams = ChangeStream.start(node.engine, node.clock)) {
        Subscription slow = streams.open(StreamFilter.ALL, NO_ID, () -> {}).orElseThrow();
        node.startMiner(TestNode.miner(1, 1, "op-1", 100));
        StreamId start = slow.poll(1).get(0).id();
        List<io.phalanx.scheduler.engine.StampedChange> many = new ArrayList<>();
        node.engine.feed().subscribe(start.position() - 1, many::addAll);
        io.phalanx.scheduler.engine.StampedChange one = many.get(0);
        for (int i = 1; i <= 100_001; i++) {
          var moment = new io.phalanx.scheduler.event.Moment(1_000_000 + i, one.moment().atMs());
          slow.take(
              List.of(new io.phalanx.scheduler.engine.StampedChange(moment, 0, one.change())));
        }
        assertThat(slow.isOver()).isTrue();
        assertThat(streams.count()).isZero();
        while (!slow.poll(1000).isEmpty()) {
          assertThat(slow.end()).isNotEqualTo(Optional.of(StreamEnd.FAILED));
        }
        assertThat(slow.end()).contains(StreamEnd.TOO_SLOW);
      }
    }

    @Test
    void comesInAReplayOnlyToThoseThatDoNotRead() throws InterruptedException {
      try (TestNode node = new TestNode(folder);
          ChangeStream streams = ChangeStream.start(node.engine, node.clock)) {
        Subscription slow = streams.open(StreamFilter.ALL, NO_ID, () -> {}).orElseThrow();
        Subscription reads = streams.open(StreamFilter.ALL, NO_ID, () -> {}).orElseThrow();
        node.startMiner(TestNode.miner(1, 1, "op-1", 100));
        List<io.phalanx.scheduler.engine.StampedChange> one = new ArrayList<>();
        node.engine.feed().subscribe(0, one::addAll);
        for (int i = 1; i <= 8_192; i++) {
          var moment = new io.phalanx.scheduler.event.Moment(1_000_000 + i, 1_000);
          var change =
              new io.phalanx.scheduler.engine.StampedChange(moment, 0, one.get(0).change());
          slow.take(List.of(change));
          reads.take(List.of(change));
        }
        reads.poll(100);
        long now = System.nanoTime(); // so that nobody is waited for
        slow.awaitRoom(now);
        reads.awaitRoom(now);
        assertThat(slow.isOver()).isTrue();
        assertThat(reads.isOver()).isFalse();
      }
    }
  }
}
