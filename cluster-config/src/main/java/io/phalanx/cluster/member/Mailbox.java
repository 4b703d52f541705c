package io.phalanx.cluster.member;

import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.spi.cluster.RegistrationInfo;
import org.jspecify.annotations.Nullable;

/**
 * What listens at an address of the event bus. It makes itself known there again and again, and
 * when it is asked to: while the network falls apart its entry in the cluster's table of addresses
 * can be lost, or another node can miss it for as long as nothing changes in it.
 *
 * <p>It does so by a second entry beside the one that Vert.x made, of which there always is a new
 * one before the old one goes; a second consumer would lose what is on its way to the first.
 */
public final class Mailbox {
  private static final long RENEW_EVERY_MS = 10_000;

  /** Above all that Vert.x gives to its own entries, from 1 on. */
  private static final long FIRST_NUMBER = 1L << 62;

  private final String address;
  private final Handler<Message<Buffer>> handler;
  private @Nullable VertxInternal vertx;
  private @Nullable RegistrationInfo second;
  private long number = FIRST_NUMBER;
  private boolean renewing;

  /** Listens from the time that the cluster is joined. */
  public Mailbox(ClusterBus bus, String address, Handler<Message<Buffer>> handler) {
    this.address = address;
    this.handler = handler;
    bus.onJoin(this::join);
  }

  /** What was registered before went with that Vert.x when the cluster was left. */
  private synchronized void join(Vertx joined) {
    vertx = (VertxInternal) joined;
    second = null;
    renewing = false;
    joined.eventBus().consumer(address, handler);
    joined.setPeriodic(RENEW_EVERY_MS, timer -> renew());
  }

  /** Makes it known again, unless that is under way; it listens all the time. */
  public synchronized void renew() {
    VertxInternal joined = vertx;
    if (joined == null || renewing) {
      return;
    }
    renewing = true;
    ClusterManager table = joined.clusterManager();
    RegistrationInfo next = new RegistrationInfo(table.getNodeId(), number++, false);
    Promise<Void> added = Promise.promise();
    added.future().onComplete(done -> renewed(joined, next, done.succeeded()));
    table.addRegistration(address, next, added);
  }

  private synchronized void renewed(Vertx joined, RegistrationInfo next, boolean isThere) {
    if (joined != vertx) {
      return; // joined anew meanwhile
    }
    renewing = false;
    RegistrationInfo over = isThere ? second : next;
    if (isThere) {
      second = next;
    }
    if (over != null) {
      vertx.clusterManager().removeRegistration(address, over, Promise.promise());
    }
  }
}
