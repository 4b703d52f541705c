package io.phalanx.scheduler.round;

import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.quote.Quote;
import io.phalanx.scheduler.state.State;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@link RoundFacts} begin with: references only, so that reading it takes the state for a
 * moment.
 *
 * @param position of the state
 * @param referencePrice as last journaled
 * @param miners all of them
 * @param lacking deployments that lack a miner
 * @param assignments all of them
 * @param quotes those that take part in the next round
 */
public record RoundStart(
    long position,
    long referencePrice,
    List<Miner> miners,
    List<Deployment> lacking,
    List<Assignment> assignments,
    List<Quote> quotes) {

  /** As that state stands. */
  public static RoundStart of(State state) {
    return new RoundStart(
        state.position(),
        state.market().referencePrice(),
        new ArrayList<>(state.miners().all()),
        state.deployments().lacking().values().stream().map(state.deployments()::known).toList(),
        new ArrayList<>(state.assignments().all()),
        List.copyOf(state.quotes().competing()));
  }
}
