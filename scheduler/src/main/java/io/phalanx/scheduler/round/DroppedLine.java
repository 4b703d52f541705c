package io.phalanx.scheduler.round;

import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;

/**
 * A line of a plan that did not fit the state it was to be committed to.
 *
 * @param deploymentId whose slot
 * @param minerId on which miner
 * @param reason what had changed
 */
public record DroppedLine(DeploymentId deploymentId, MinerId minerId, DropReason reason) {}
