package io.phalanx.simulator.ledger;

/**
 * One write that the service acknowledged.
 *
 * @param kind {@code deployment}, {@code deposit}, {@code miner} or {@code gas}
 * @param id what was written
 * @param owner developer of a deployment or deposit, deployment of an assignment's gas, "" else
 * @param key name of a deployment, "" else
 * @param amount pico-PHA as a decimal string, "" for none
 * @param position of the journal at the answer
 */
public record Acknowledged(
    String kind, String id, String owner, String key, String amount, long position) {}
