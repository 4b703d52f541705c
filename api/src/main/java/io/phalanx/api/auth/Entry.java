package io.phalanx.api.auth;

import io.phalanx.api.problem.Problem;
import io.vertx.core.Future;

/** How a request fares at the gate. */
public sealed interface Entry {

  /** In open mode everybody comes in. */
  Entry OPEN = new Admitted(Credentials.OPEN);

  /** It comes in. */
  record Admitted(Credentials credentials) implements Entry {}

  /** It does not come in. */
  record Refused(Problem problem) implements Entry {}

  /** It is signed: that can be judged once its body is there. */
  non-sealed interface Signed extends Entry {

    /**
     * Judges the signature, away from the event loop.
     *
     * @param body as it was sent; empty without one
     * @return completes on any thread with an entry that is decided
     */
    Future<Entry> verify(byte[] body);
  }
}
