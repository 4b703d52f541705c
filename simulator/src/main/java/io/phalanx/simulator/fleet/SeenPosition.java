package io.phalanx.simulator.fleet;

import io.phalanx.simulator.http.Answer;

/**
 * The newest journal position and leader epoch a miner has seen. An answer below either comes from
 * a node that lags, or from a leader that was replaced: it is ignored.
 */
final class SeenPosition {
  private long position = -1;
  private long epoch = -1;

  /** Whether the answer may be believed; if so it is remembered. */
  boolean accepts(Answer answer) {
    boolean lower = answer.position() >= 0 && answer.position() < position;
    boolean older = answer.leaderEpoch() >= 0 && answer.leaderEpoch() < epoch;
    if (lower || older) {
      return false;
    }
    position = Math.max(position, answer.position());
    epoch = Math.max(epoch, answer.leaderEpoch());
    return true;
  }
}
