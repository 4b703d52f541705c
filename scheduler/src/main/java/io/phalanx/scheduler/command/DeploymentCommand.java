package io.phalanx.scheduler.command;

import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.unit.Amount;

/** Something about a deployment. */
public sealed interface DeploymentCommand extends Command {

  /** Whose deployment. */
  String developer();

  /**
   * A developer wants a contract to run.
   *
   * @param developer whose it is
   * @param spec what is asked for
   * @param startingBalance what a developer unknown so far starts with
   */
  record CreateDeployment(String developer, DeploymentSpec spec, Amount startingBalance)
      implements DeploymentCommand {
    @Override
    public <R> R accept(CommandHandler<R> handler) {
      return handler.handle(this);
    }
  }

  /**
   * A developer changes a deployment.
   *
   * @param developer who asks
   * @param deploymentId which
   * @param before the specification the change was made from
   * @param after the specification that is wanted
   */
  record ChangeDeployment(
      String developer, DeploymentId deploymentId, DeploymentSpec before, DeploymentSpec after)
      implements DeploymentCommand {
    @Override
    public <R> R accept(CommandHandler<R> handler) {
      return handler.handle(this);
    }
  }

  /**
   * A developer ends a deployment.
   *
   * @param developer who asks
   * @param deploymentId which
   */
  record CancelDeployment(String developer, DeploymentId deploymentId)
      implements DeploymentCommand {
    @Override
    public <R> R accept(CommandHandler<R> handler) {
      return handler.handle(this);
    }
  }
}
