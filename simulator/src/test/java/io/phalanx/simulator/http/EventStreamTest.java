package io.phalanx.simulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.simulator.Waiting;
import io.phalanx.simulator.fake.FakeService;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EventStreamTest {
  private final Vertx vertx = Vertx.vertx();
  private final FakeService service = new FakeService();
  private final Collected collected = new Collected();
  private final EventStream stream =
      new EventStream(vertx, service.url(), "/v1/events?kind=miner", "dev", collected);

  private static final class Collected implements StreamListener {
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger gaps = new AtomicInteger();

    @Override
    public void event(ServerEvent event) {
      events.add(event.data());
    }

    @Override
    public void gap() {
      gaps.incrementAndGet();
    }
  }

  @AfterEach
  void close() {
    service.close();
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
  }

  private void emit(int from, int to) {
    for (int i = from; i < to; i++) {
      service.emit("miner", new JsonObject().put("n", i));
      service.emit("round", new JsonObject());
    }
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "{\"n\":" + i + "}").toList();
  }

  @Nested
  class Open {
    @Test
    void resumesAfterACutWithNothingMissedAndNothingTwice() throws Exception {
      Waiting.on(vertx, stream::open);
      emit(0, 3);
      Waiting.until("three events", () -> collected.events.size() == 3);
      service.cutStreams();
      emit(3, 8);
      Waiting.until("the rest", () -> collected.events.size() >= 8);
      emit(8, 9);
      Waiting.until("live again", () -> collected.events.size() >= 9);
      assertThat(collected.events).isEqualTo(numbers(0, 9));
      assertThat(collected.gaps).hasValue(0);
    }

    @Test
    void tellsOfAGapAndGoesOnFromNowWhenItsPlaceIsForgotten() throws Exception {
      Waiting.on(vertx, stream::open);
      emit(0, 1);
      Waiting.until("an event", () -> collected.events.size() == 1);
      service.cutStreams();
      emit(1, 3);
      service.forgetEvents();
      Waiting.until("a gap", () -> collected.gaps.get() == 1 && service.openStreams() == 1);
      emit(3, 4);
      Waiting.until("an event after the gap", () -> collected.events.size() == 2);
      assertThat(collected.events).containsExactly("{\"n\":0}", "{\"n\":3}");
    }
  }

  @Nested
  class Close {
    @Test
    void doesNotConnectAgain() throws Exception {
      Waiting.on(vertx, stream::open);
      Waiting.on(vertx, stream::close);
      Waiting.until("closed", () -> service.openStreams() == 0);
      emit(0, 2);
      assertThat(collected.events).isEmpty();
    }
  }
}
