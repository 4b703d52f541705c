package io.phalanx.api.http;

import io.vertx.core.Future;
import java.util.Optional;

/** What the HTTP face has to know of the node behind it, whatever is asked. */
public interface NodeView {

  /** How the node is. */
  enum Health {
    STARTING,
    UP,
    NO_LEADER,
    STOPPING,
    FAILED
  }

  /** The state reads are served from now. */
  Position position();

  /** How the node is now. */
  Health health();

  /** Why it is not up, where there is more to say than that. */
  default Optional<String> reason() {
    return Optional.empty();
  }

  /**
   * Completes when reads are served from a state at least that new; fails when that takes longer
   * than a client should wait. Never called for a position that is already reached.
   */
  Future<Void> reach(long journalPosition);
}
