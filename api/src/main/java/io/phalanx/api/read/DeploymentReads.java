package io.phalanx.api.read;

import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.view.AssignmentView;
import io.phalanx.scheduler.view.DeploymentView;
import java.time.InstantSource;
import java.util.Optional;

/** Deployments and their assignments, live and ended. Every method reads the history: may block. */
public final class DeploymentReads {

  public DeploymentReads(Engine engine, InstantSource clock) {}

  public Optional<DeploymentView> find(DeploymentId id, Optional<String> developer) {
    throw new UnsupportedOperationException();
  }

  public Page<DeploymentView> list(DeploymentFilter filter, PageRequest request) {
    throw new UnsupportedOperationException();
  }

  public Optional<Page<AssignmentView>> assignments(
      DeploymentId id, Optional<String> developer, PageRequest request) {
    throw new UnsupportedOperationException();
  }

  public Optional<GasView> gas(DeploymentId id, Optional<String> developer) {
    throw new UnsupportedOperationException();
  }
}
