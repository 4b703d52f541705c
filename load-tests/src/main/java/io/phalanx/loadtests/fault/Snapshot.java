package io.phalanx.loadtests.fault;

import io.phalanx.simulator.ledger.Acknowledged;
import io.phalanx.simulator.ledger.Funds;
import io.phalanx.simulator.ledger.GasCharged;
import java.util.Map;

/**
 * What the clients had been told at an instant.
 *
 * @param deployments answered with 201, by id
 * @param miners answered with 201, by id
 * @param gas what readings were answered with, by assignment
 * @param funds what must be in each developer's account
 * @param position the newest journal position of any of them
 */
public record Snapshot(
    Map<String, Acknowledged> deployments,
    Map<String, Acknowledged> miners,
    Map<String, GasCharged> gas,
    Map<String, Funds> funds,
    long position) {}
