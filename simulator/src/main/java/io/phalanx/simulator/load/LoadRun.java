package io.phalanx.simulator.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/** One load on one event loop: either due at fixed instants, or as fast as answers come. */
final class LoadRun implements LoadConnection.Events {
  private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long RECONNECT_MS = 20;
  private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);

  private final Vertx vertx;
  private final LoadTarget target;
  private final LoadPlan plan;
  private final LoadListener listener;
  private final LongSupplier nanos;
  private final String head;
  private final NetClient client;
  private final Deque<LoadConnection> free = new ArrayDeque<>();
  private final TreeMap<Integer, Long> statuses = new TreeMap<>();
  private final Histogram micros = new Histogram(LONGEST_MICROS, 3);
  private final Promise<LoadResult> result = Promise.promise();
  private long startNanos;
  private long next;
  private long measuredDue;
  private long outstanding;
  private long broken;
  private boolean over;

  LoadRun(
      Vertx vertx, LoadTarget target, LoadPlan plan, LoadListener listener, LongSupplier nanos) {
    this.vertx = vertx;
    this.target = target;
    this.plan = plan;
    this.listener = listener;
    this.nanos = nanos;
    this.head = target.head();
    this.client =
        vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true).setConnectTimeout(2_000));
  }

  Future<LoadResult> start() {
    List<Future<Void>> connecting = new ArrayList<>();
    for (int i = 0; i < plan.connections(); i++) {
      connecting.add(connect());
    }
    Future.all(connecting).onComplete(done -> begin(), result::fail);
    return result.future();
  }

  @Override
  public void answered(LoadConnection connection, int status, byte[] body) {
    long now = nanos.getAsLong();
    long number = connection.number();
    if (number < 0) {
      return; // an answer that nobody asked for
    }
    outstanding--;
    if (measured(connection.dueNanos()) && (plan.open() || now <= endNanos())) {
      statuses.merge(status, 1L, Long::sum);
      long late = TimeUnit.NANOSECONDS.toMicros(now - connection.dueNanos());
      micros.recordValue(Math.min(LONGEST_MICROS, Math.max(0, late)));
    }
    listener.answered(number, status, body);
    connection.free();
    free.add(connection);
    pump();
  }

  @Override
  public void broke(LoadConnection connection) {
    free.remove(connection);
    if (connection.number() >= 0) {
      outstanding--;
      broken++;
    }
    if (!over) {
      vertx.setTimer(RECONNECT_MS, id -> connect().onComplete(done -> pump()));
    }
  }

  private Future<Void> connect() {
    return client
        .connect(target.port(), target.baseUrl().getHost())
        .onSuccess(socket -> free.add(new LoadConnection(socket, this)))
        .onFailure(
            failure -> {
              if (startNanos != 0 && !over) {
                vertx.setTimer(RECONNECT_MS, id -> connect());
              }
            })
        .mapEmpty();
  }

  private void begin() {
    startNanos = nanos.getAsLong();
    tick();
  }

  private void tick() {
    pump();
    if (!over) {
      vertx.setTimer(1, id -> tick());
    }
  }

  private void pump() {
    if (over) {
      return;
    }
    long now = nanos.getAsLong();
    if (plan.open()) {
      sendDue(now);
    } else if (now < endNanos()) {
      while (!free.isEmpty()) {
        send(free.remove(), now);
      }
    }
    finish(now);
  }

  private void sendDue(long now) {
    long until = Math.min(now, endNanos() - 1);
    while (!free.isEmpty() && dueNanos(next) <= until) {
      send(free.remove(), dueNanos(next));
    }
  }

  /** The instant the request was to be sent, whether or not a connection was free: none omitted. */
  private long dueNanos(long number) {
    return startNanos + (long) (number * 1e9 / plan.perSecond());
  }

  private void send(LoadConnection connection, long dueNanos) {
    long number = next++;
    outstanding++;
    if (measured(dueNanos)) {
      measuredDue++;
    }
    connection.send(target.request(head, number), number, dueNanos);
  }

  private boolean measured(long dueNanos) {
    return dueNanos >= startNanos + plan.warmUp().toNanos();
  }

  private long endNanos() {
    return startNanos + plan.duration().toNanos();
  }

  private void finish(long now) {
    boolean allSent = now >= endNanos() && (!plan.open() || dueNanos(next) >= endNanos());
    boolean tooLate = now >= endNanos() + GIVE_UP_NANOS;
    if ((allSent && outstanding == 0) || tooLate) {
      over = true;
      long unsent = plan.open() ? Math.max(0, planned() - next) : 0;
      client.close();
      result.complete(
          new LoadResult(
              micros,
              statuses,
              measuredDue + unsent,
              broken,
              outstanding + unsent,
              plan.duration().minus(plan.warmUp()).toNanos() / 1e9));
    }
  }

  private long planned() {
    return (long) Math.ceil(plan.duration().toNanos() / 1e9 * plan.perSecond());
  }
}
