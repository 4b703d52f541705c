package io.phalanx.api.route;

import io.phalanx.api.auth.Revocations;
import io.phalanx.api.http.Answer;
import io.phalanx.api.http.Call;
import io.phalanx.api.http.Endpoint;
import io.phalanx.api.http.EventStream;
import io.phalanx.api.problem.Problem;
import io.phalanx.api.problem.ProblemKind;
import io.phalanx.api.read.ChangeStream;
import io.phalanx.api.read.Sight;
import io.phalanx.api.read.StreamFilter;
import io.phalanx.api.read.StreamId;
import io.phalanx.api.read.StreamItem;
import io.phalanx.api.read.StreamKind;
import io.phalanx.api.read.Subscription;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Server-sent events: of one resource, or of everything. */
final class StreamRoutes {
  private static final int AT_ONCE = 64;

  private final Services services;
  private final Vertx vertx;
  private final ChangeStream streams;
  private final Reads reads;

  StreamRoutes(Services services, ChangeStream streams, Reads reads) {
    this.services = services;
    this.vertx = services.vertx();
    this.streams = streams;
    this.reads = reads;
  }

  Map<String, Endpoint> endpoints() {
    return Map.of(
        "streamAll", this::all, "streamDeployment", this::deployment, "streamMiner", this::miner);
  }

  private Future<Answer> all(Call call) {
    return open(call, StreamFilter.of(kinds(call), Callers.confinedTo(call), sight(call)));
  }

  private Future<Answer> deployment(Call call) {
    DeploymentId id = new DeploymentId(call.path("id"));
    String owner = Callers.confinedTo(call);
    StreamFilter filter = new StreamFilter(kinds(call), owner, id, null);
    return vertx
        .executeBlocking(
            () -> reads.deployments().find(id, Optional.ofNullable(owner)).isPresent(), false)
        .compose(
            known ->
                known
                    ? open(call, filter)
                    : Future.succeededFuture(Answer.problem(DeploymentRoutes.notFound())));
  }

  private Future<Answer> miner(Call call) {
    MinerId id = new MinerId(call.path("minerId"));
    if (reads.miners().find(id).isEmpty()) {
      return Future.succeededFuture(Answer.problem(MinerRoutes.notFound()));
    }
    StreamFilter filter = new StreamFilter(kinds(call), null, null, id, Callers.sight(call));
    return open(call, filter);
  }

  /** A developer's stream has its own deployments only, whatever it may look up of miners. */
  private static Sight sight(Call call) {
    return Callers.confinedTo(call) == null ? Callers.sight(call) : Sight.ALL;
  }

  private static Set<StreamKind> kinds(Call call) {
    return call.list("kind").stream()
        .flatMap(name -> StreamKind.named(name).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** No kinds mean all, but kinds of which there are no events yet mean none. */
  private static boolean asksOnlyForUnknown(Call call) {
    return !call.list("kind").isEmpty() && kinds(call).isEmpty();
  }

  private Future<Answer> open(Call call, StreamFilter filter) {
    String header = call.headers().lastEventId();
    String since = header == null ? call.query("after") : header;
    Optional<StreamId> after = since == null ? Optional.empty() : StreamId.parse(since);
    if (since != null && after.isEmpty()) {
      return Future.succeededFuture(expired());
    }
    if (asksOnlyForUnknown(call)) {
      return Future.succeededFuture(new Answer.Stream(events -> {}));
    }
    Pump pump = new Pump(vertx, call, services.identity().revocations());
    return reached(after)
        .compose(
            done -> vertx.executeBlocking(() -> streams.open(filter, after, pump::ready), false))
        .map(opened -> opened.isEmpty() ? expired() : pump.answer(opened.get()));
  }

  /** A client that comes from another node may be a moment ahead of this one. */
  private Future<Void> reached(Optional<StreamId> after) {
    long position = after.map(StreamId::position).orElse(0L);
    return position <= reads.node().position().journal()
        ? Future.succeededFuture()
        : reads.node().reach(position).otherwiseEmpty();
  }

  private static Answer expired() {
    return Answer.problem(
        Problem.of(
            ProblemKind.STREAM_EXPIRED,
            "No event of that id is kept here: read the resources, then stream from now."));
  }

  /** Moves items from a subscription to a client as fast as it reads. */
  private static final class Pump {
    private final Vertx vertx;
    private final Call call;
    private final Revocations revocations;

    /** Set and run on the event loop only, as what follows is. */
    private Runnable drain = () -> {};

    /** Items are being made elsewhere, and what is behind them waits. */
    private boolean busy;

    Pump(Vertx vertx, Call call, Revocations revocations) {
      this.vertx = vertx;
      this.call = call;
      this.revocations = revocations;
    }

    /** There is something to poll; any thread. */
    void ready() {
      call.loop().execute(() -> drain.run());
    }

    Answer answer(Subscription subscription) {
      return new Answer.Stream(
          events -> {
            events.onClose(subscription::close);
            Runnable end = () -> call.loop().execute(events::end);
            events.onClose(revocations.watch(call.credentials().caller(), end));
            Runnable work = () -> drain(subscription, events);
            drain = work;
            events.onDrain(work);
            work.run();
          });
    }

    private void drain(Subscription subscription, EventStream events) {
      while (!busy && !events.isClosed() && !events.isFull()) {
        List<StreamItem> items = subscription.poll(AT_ONCE);
        if (items.stream().anyMatch(StreamItem::blocks)) {
          sendLater(items, events);
        } else {
          items.forEach(item -> send(item, bytes(item), events));
        }
        if (items.isEmpty()) {
          if (subscription.end().isPresent()) {
            events.end(); // the client resumes after its last event
          }
          return;
        }
      }
    }

    private void sendLater(List<StreamItem> items, EventStream events) {
      busy = true;
      vertx
          .executeBlocking(() -> items.stream().map(Pump::bytes).toList(), false)
          .onComplete(made -> call.loop().execute(() -> made(made, items, events)));
    }

    private void made(AsyncResult<List<byte[]>> made, List<StreamItem> items, EventStream events) {
      busy = false;
      if (made.failed()) {
        events.end(); // the client resumes, and finds them then
        return;
      }
      for (int i = 0; i < items.size(); i++) {
        send(items.get(i), made.result().get(i), events);
      }
      drain.run();
    }

    private static byte[] bytes(StreamItem item) {
      return Show.bytes(item.view().get());
    }

    private static void send(StreamItem item, byte[] data, EventStream events) {
      events.send(item.id().text(), item.event(), data);
    }
  }
}
