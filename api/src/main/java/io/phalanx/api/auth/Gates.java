package io.phalanx.api.auth;

import io.phalanx.scheduler.access.AccessKey;
import io.phalanx.scheduler.access.Caller;
import io.phalanx.scheduler.engine.Replica;
import io.phalanx.scheduler.id.MinerId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Puts a gate together for a node. */
public final class Gates {
  private Gates() {}

  /**
   * How much each caller may send.
   *
   * @param requestsPerSecond requests
   * @param bytesPerSecond bytes of bodies
   */
  public record Shares(long requestsPerSecond, long bytesPerSecond) {}

  /**
   * The gate of {@code auth: keys}. Its threads end with Vert.x.
   *
   * @param replica the committed state
   * @param verifier verifies signatures
   * @param clock the wall clock
   */
  public static Gate keys(
      Vertx vertx, Replica replica, Ed25519Verifier verifier, Shares shares, InstantSource clock) {
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
    WorkerExecutor workers = vertx.createSharedWorkerExecutor("phalanx-signatures", threads);
    KnownCallers known = new Committed(replica);
    SignatureCheck.Worker worker = new Offloaded(workers);
    return new KeysGate(
        known,
        new CallerRates(shares.requestsPerSecond(), shares.bytesPerSecond(), System::nanoTime),
        new SignatureCheck(known, verifier, worker, clock));
  }

  /** Signatures are verified there, never on an event loop. */
  private record Offloaded(WorkerExecutor workers) implements SignatureCheck.Worker {
    @Override
    public Future<Entry> run(Callable<Entry> work) {
      return workers.executeBlocking(work, false);
    }
  }

  /** Callers of the committed state. */
  private record Committed(Replica replica) implements KnownCallers {
    @Override
    public Optional<AccessKey> key(String id) {
      return replica.read(state -> state.access().keys().find(id));
    }

    @Override
    public Optional<Caller> signing(String publicKey) {
      return replica.read(
          state ->
              state
                  .access()
                  .keys()
                  .signing(publicKey)
                  .map(AccessKey::caller)
                  .or(
                      () ->
                          state
                              .miners()
                              .find(new MinerId(publicKey))
                              .map(miner -> Caller.miner(publicKey))));
    }

    @Override
    public boolean hasSeen(String publicKey, String nonce) {
      return replica.read(state -> state.access().nonces().hasSeen(publicKey, nonce));
    }
  }
}
