package io.phalanx.scheduler.round;

import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.unit.GasPrice;

/**
 * One slot on one miner, as planned.
 *
 * @param deploymentId whose slot
 * @param minerId on which miner
 * @param gasPrice at which price
 */
public record PlannedLine(DeploymentId deploymentId, MinerId minerId, GasPrice gasPrice) {}
