package io.phalanx.scheduler.state;

import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.event.SystemEvent.HistoryKept;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.QuoteId;
import java.util.List;

/** Takes out of the state what has ended and is in the history. */
final class Retirement {

  private Retirement() {}

  static void retire(State state, HistoryKept event, long atMs) {
    long upTo = event.upTo();
    for (AssignmentId id : List.copyOf(state.assignments().ended().headMap(upTo, true).values())) {
      if (!isAwaited(state, state.assignments().known(id), atMs)) {
        state.assignments().forget(id);
      }
    }
    for (DeploymentId id : List.copyOf(state.deployments().ended().headMap(upTo, true).values())) {
      Deployment deployment = state.deployments().known(id);
      if (deployment.funds().held().isZero() && state.assignments().of(id).isEmpty()) {
        state.deployments().forget(id);
      }
    }
    for (QuoteId id : List.copyOf(state.quotes().ended().headMap(upTo, true).values())) {
      state.quotes().forget(id);
    }
    state.keys().forget(event.keysUpTo());
    state.settlements().forget(upTo);
  }

  /** Whether a final reading of it may still be charged. */
  static boolean isAwaited(State state, Assignment assignment, long atMs) {
    Assignment.Ending ended = assignment.ended();
    long waitMs = state.policy().gas().finalReadingWait().toMillis();
    return ended != null && assignment.awaitsFinalReading() && atMs < ended.atMs() + waitMs;
  }
}
