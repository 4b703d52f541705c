package io.phalanx.simulator.http;

import io.phalanx.simulator.shape.MinerKey;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a call.
 *
 * @param role what it is to the service
 * @param name whom it acts for; empty when that says nothing
 * @param miner the miner that signs the call, if one does
 */
public record Sender(Role role, String name, @Nullable MinerKey miner) {

  /** What a sender is to the service. */
  public enum Role {
    /** The simulation itself, which looks at everything: an admin where keys are asked for. */
    OBSERVER,
    DEVELOPER,
    OPERATOR,
    MINER,
    PAYOUT
  }

  static final Sender OBSERVER = new Sender(Role.OBSERVER, "", null);
}
