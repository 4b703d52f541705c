package io.phalanx.api.route;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.phalanx.api.http.Call;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.state.Change;
import io.phalanx.scheduler.state.Change.AssignmentChange;
import io.phalanx.scheduler.state.Change.DeploymentChange;
import io.phalanx.scheduler.state.Change.MinerChange;
import io.phalanx.scheduler.state.Change.RoundChange;
import io.phalanx.scheduler.state.Change.SettlementChange;
import io.phalanx.scheduler.view.AssignmentView;
import io.phalanx.scheduler.view.DeploymentView;
import io.phalanx.scheduler.view.SettlementView;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Changes as streams show them: which kind of event each is, and its data. */
final class ShownChange {
  private ShownChange() {}

  /**
   * An assignment in a stream, which has to say whose it is.
   *
   * @param view as everywhere
   * @param deploymentId whose
   */
  record AssignmentEvent(@JsonUnwrapped AssignmentView view, DeploymentId deploymentId) {
    static AssignmentEvent of(Assignment assignment) {
      return new AssignmentEvent(AssignmentView.of(assignment), assignment.deploymentId());
    }
  }

  /** The event's name; null for what no stream shows. */
  static @Nullable String kind(Change change) {
    if (change instanceof DeploymentChange) {
      return "deployment";
    }
    if (change instanceof AssignmentChange) {
      return "assignment";
    }
    if (change instanceof MinerChange) {
      return "miner";
    }
    if (change instanceof SettlementChange) {
      return "settlement";
    }
    return change instanceof RoundChange ? "round" : null;
  }

  /** The event's data. */
  static byte[] data(Change change, Function<Miner, Object> minerView) {
    if (change instanceof DeploymentChange deployment) {
      return Show.bytes(DeploymentView.of(deployment.deployment()));
    }
    if (change instanceof AssignmentChange assignment) {
      return Show.bytes(AssignmentEvent.of(assignment.assignment()));
    }
    if (change instanceof MinerChange miner) {
      return Show.bytes(minerView.apply(miner.miner()));
    }
    if (change instanceof SettlementChange settlement) {
      return Show.bytes(SettlementView.item(settlement.settlement()));
    }
    return Show.bytes(RoundView.item(((RoundChange) change).round()));
  }

  /** What the call asked for and may see. */
  static Predicate<Change> wanted(Call call) {
    List<String> kinds = call.list("kind");
    return change -> {
      String kind = kind(change);
      return kind != null && (kinds.isEmpty() || kinds.contains(kind)) && maySee(call, change);
    };
  }

  private static boolean maySee(Call call, Change change) {
    if (change instanceof DeploymentChange deployment) {
      return Callers.may(call, deployment.deployment().developer());
    }
    if (change instanceof AssignmentChange assignment) {
      return Callers.may(call, assignment.developer());
    }
    return true;
  }

  /** Whether it is about that deployment. */
  static boolean isOf(DeploymentId id, Change change) {
    if (change instanceof DeploymentChange deployment) {
      return deployment.deployment().id().equals(id);
    }
    return change instanceof AssignmentChange assignment
        && assignment.assignment().deploymentId().equals(id);
  }

  /** Whether it is about that miner. */
  static boolean isOf(MinerId id, Change change) {
    if (change instanceof MinerChange miner) {
      return miner.miner().id().equals(id);
    }
    return change instanceof AssignmentChange assignment
        && assignment.assignment().minerId().equals(id);
  }
}
