package io.phalanx.scheduler.engine;

import java.util.ArrayList;
import java.util.List;

/** A moment at which a node can die: before something is done, or after it. */
record Failpoint(Failpoint.Where where, Failpoint.Side side) {

  /** What is done. */
  enum Where {
    CLAIM_OF_AN_EPOCH,
    APPEND_OF_A_TAKE_OVER,
    APPEND_OF_AN_ORDER,
    APPEND_OF_A_CHARGE,
    APPEND_OF_A_SETTLEMENT,
    APPEND_OF_A_DELIVERY,
    APPEND_OF_LETTING_GO,
    APPEND_OF_ANYTHING_ELSE,
    ANSWER,
    DELIVERY,
    HISTORY,
    RECEIPTS,
    SNAPSHOT
  }

  /** On which side of it. */
  enum Side {
    BEFORE,
    AFTER
  }

  /** All there are. */
  static List<Failpoint> all() {
    List<Failpoint> all = new ArrayList<>();
    for (Where where : Where.values()) {
      for (Side side : Side.values()) {
        all.add(new Failpoint(where, side));
      }
    }
    return all;
  }

  @Override
  public String toString() {
    return side + " " + where;
  }
}
