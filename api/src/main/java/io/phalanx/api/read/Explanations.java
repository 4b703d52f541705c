package io.phalanx.api.read;

import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Why a deployment is where it is. Solves rounds: on a worker thread only. */
public final class Explanations {

  /**
   * @param timeLimit for each of the at most three rounds that are tried
   */
  public Explanations(Engine engine, InstantSource clock, Duration timeLimit) {}

  /** Empty when there is no such deployment (of that developer), or no such miner. */
  public Optional<ExplanationView> explain(
      DeploymentId id, Optional<String> developer, Optional<MinerId> miner) {
    throw new UnsupportedOperationException();
  }

  public ExplanationView dryRun(DeploymentSpec spec) {
    throw new UnsupportedOperationException();
  }
}
