package io.phalanx.placement.model;

import io.phalanx.placement.kernel.GangExchange;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.optaplanner.core.api.score.director.ScoreDirector;
import org.optaplanner.core.impl.heuristic.selector.move.factory.MoveIteratorFactory;

/**
 * Proposes exchanges of gangs: each move is the difference between the working solution and what
 * one attempt to ruin and re-create it came to. They are feasible, but only the score tells whether
 * they are any better.
 */
public final class GangMoves implements MoveIteratorFactory<Round, PlaceMove> {
  @Override
  public long getSize(ScoreDirector<Round> director) {
    return director.getWorkingSolution().slots.size();
  }

  @Override
  public Iterator<PlaceMove> createOriginalMoveIterator(ScoreDirector<Round> director) {
    Round round = director.getWorkingSolution();
    GangExchange exchange = round.course.exchange();
    ScoreState state = round.state;
    if (exchange == null || state == null) {
      throw new IllegalStateException("the moves need gangs and the incremental calculator");
    }
    exchange.follow(state::minerOf);
    return new Attempts(round, exchange);
  }

  @Override
  public Iterator<PlaceMove> createRandomMoveIterator(
      ScoreDirector<Round> director, Random workingRandom) {
    return createOriginalMoveIterator(director);
  }

  /** Moves from one working solution, until one is taken or the limits are reached. */
  private static final class Attempts implements Iterator<PlaceMove> {
    private final Round round;
    private final GangExchange exchange;
    private @Nullable PlaceMove found;

    Attempts(Round round, GangExchange exchange) {
      this.round = round;
      this.exchange = exchange;
    }

    @Override
    public boolean hasNext() {
      while (found == null && exchange.mayGoOn(round.course.deadline)) {
        exchange.attempt();
        found = difference();
      }
      if (found == null) {
        round.course.endExchange();
      }
      return found != null;
    }

    @Override
    public PlaceMove next() {
      PlaceMove move = hasNext() ? found : null;
      if (move == null) {
        throw new NoSuchElementException();
      }
      found = null;
      return move;
    }

    private @Nullable PlaceMove difference() {
      List<Placing> placings = new ArrayList<>();
      for (Slot slot : round.slots) {
        int miner = exchange.minerOf(slot.id());
        if (miner != (slot.miner == null ? ScoreState.NONE : slot.miner.index())) {
          placings.add(new Placing(slot, miner == ScoreState.NONE ? null : round.miner(miner)));
        }
      }
      return placings.isEmpty() ? null : new PlaceMove(placings);
    }
  }
}
