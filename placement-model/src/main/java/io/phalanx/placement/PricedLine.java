package io.phalanx.placement;

/**
 * A line with what its miner is paid.
 *
 * @param gasPrice pico-PHA for a unit of gas: at least the miner's ask, at most the deployment's
 *     bid
 */
public record PricedLine(Line line, long gasPrice) {}
