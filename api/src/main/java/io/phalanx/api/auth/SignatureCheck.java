package io.phalanx.api.auth;

import io.phalanx.api.problem.Problem;
import io.phalanx.api.problem.ProblemKind;
import io.phalanx.scheduler.access.Caller;
import io.phalanx.scheduler.access.Nonce;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Judges signed requests (RFC 9421 with Ed25519): first everything that costs nothing, then, away
 * from the event loop, the digest of the body and the signature.
 */
final class SignatureCheck {

  /** How far the signer's clock may be off, either way. */
  static final long TOLERANCE_MS = 60_000;

  /**
   * How long a nonce is remembered from the time its maker gives: longer than any node takes it.
   */
  static final long REMEMBERED_MS = 2 * TOLERANCE_MS;

  /** More do not wait to be verified. */
  private static final int MOST_WAITING = 10_000;

  /** These are told apart by their sequence instead of a nonce. */
  private static final Set<String> SEQUENCED =
      Set.of("heartbeat", "reportGas", "reportAssignmentGas");

  private final KnownCallers known;
  private final Ed25519Verifier verifier;
  private final Worker worker;
  private final InstantSource clock;
  private final AtomicInteger waiting = new AtomicInteger();

  /** Runs work that takes long. */
  @FunctionalInterface
  interface Worker {
    /** Completes with what the work returns. */
    Future<Entry> run(Callable<Entry> work);
  }

  SignatureCheck(KnownCallers known, Ed25519Verifier verifier, Worker worker, InstantSource clock) {
    this.known = known;
    this.verifier = verifier;
    this.worker = worker;
    this.clock = clock;
  }

  /**
   * What a signed request is asked for.
   *
   * @param caller who presented a key beside the signature, if anybody
   * @param newSigner whether the signer may be unknown: it is about to be registered
   * @param then makes an entry of what was proved
   * @param failed hears of each signature that was verified in vain
   */
  record Wanted(
      @Nullable Caller caller,
      boolean newSigner,
      Function<Credentials, Entry> then,
      Runnable failed) {}

  /** Judges what can be judged by the head. */
  Entry of(Head head, SignatureInput input, Wanted wanted) {
    Optional<Caller> signer = known.signing(input.keyId());
    if (signer.isEmpty() && !wanted.newSigner()) {
      return KeysGate.unauthenticated("The signer is not known.");
    }
    try {
      checkTime(input);
      checkCoverage(head, input);
      Nonce nonce = nonce(head, input);
      if (nonce != null && known.hasSeen(nonce.keyId(), nonce.nonce())) {
        return new Entry.Refused(
            Problem.of(ProblemKind.REPLAYED, "A request with this nonce was seen before."));
      }
      Caller caller = wanted.caller() == null ? signer.orElse(null) : wanted.caller();
      Signed signed =
          new Signed(
              head,
              input,
              new SignatureBase(head).of(input),
              new Credentials(Credentials.Mode.KEYS, caller, input.keyId(), nonce),
              wanted);
      return (Entry.Signed) body -> verify(signed, body);
    } catch (BadSignatureException bad) {
      return KeysGate.unauthenticated(bad.sentence());
    }
  }

  /**
   * Reads the signature of a request.
   *
   * @throws BadSignatureException if it has none that can be read
   */
  static SignatureInput read(MultiMap headers) throws BadSignatureException {
    return SignatureInput.read(joined(headers, "Signature-Input"), joined(headers, "Signature"));
  }

  private static String joined(MultiMap headers, String name) throws BadSignatureException {
    List<String> lines = headers.getAll(name);
    if (lines.isEmpty()) {
      throw new BadSignatureException("The header " + name + " is missing.");
    }
    return String.join(", ", lines);
  }

  private void checkTime(SignatureInput input) throws BadSignatureException {
    long nowMs = clock.millis();
    if (Math.abs(nowMs - input.created() * 1_000) > TOLERANCE_MS) {
      throw new BadSignatureException("created is more than 60 s from this node's clock.");
    }
    Long expires = input.expires();
    if (expires != null && expires * 1_000 < nowMs) {
      throw new BadSignatureException("The signature has expired.");
    }
  }

  private static void checkCoverage(Head head, SignatureInput input) throws BadSignatureException {
    boolean target =
        input.covers("@target-uri")
            || (input.covers("@authority") && input.covers("@path") && input.covers("@query"));
    if (!input.covers("@method") || !target) {
      throw new BadSignatureException(
          "It covers @method and @target-uri, or @method, @authority, @path and @query.");
    }
    for (String name : List.of("content-digest", "idempotency-key")) {
      if (head.headers().contains(name) && !input.covers(name)) {
        throw new BadSignatureException("It does not cover " + name + ", which was sent.");
      }
    }
  }

  private static @Nullable Nonce nonce(Head head, SignatureInput input)
      throws BadSignatureException {
    boolean counts =
        !head.operation().method().equals("GET") && !SEQUENCED.contains(head.operation().id());
    if (!counts) {
      return null;
    }
    String nonce = input.nonce();
    if (nonce == null) {
      throw new BadSignatureException("A signed write has a nonce.");
    }
    return new Nonce(input.keyId(), nonce, input.created() * 1_000 + REMEMBERED_MS);
  }

  /** A signed request that waits for its body. */
  @SuppressWarnings("ArrayRecordComponent") // read only, never compared
  private record Signed(
      Head head, SignatureInput input, byte[] base, Credentials credentials, Wanted wanted) {}

  private Future<Entry> verify(Signed signed, byte[] body) {
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      return Future.succeededFuture(
          new Entry.Refused(
              Problem.of(ProblemKind.RATE_LIMITED, "Too many signatures wait to be verified.")));
    }
    return worker.run(() -> judge(signed, body)).onComplete(done -> waiting.decrementAndGet());
  }

  private Entry judge(Signed signed, byte[] body) {
    SignatureInput input = signed.input();
    try {
      if (input.covers("content-digest")) {
        ContentDigest.check(joined(signed.head().headers(), "Content-Digest"), body);
      } else if (body.length > 0) {
        throw new BadSignatureException("A signed body has a Content-Digest.");
      }
      if (!verifier.verifies(input.keyId(), signed.base(), input.signature())) {
        throw new BadSignatureException("The signature does not fit the request.");
      }
    } catch (BadSignatureException bad) {
      signed.wanted().failed().run();
      return KeysGate.unauthenticated(bad.sentence());
    }
    return signed.wanted().then().apply(signed.credentials());
  }
}
