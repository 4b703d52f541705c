package io.phalanx.placement.model;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.optaplanner.core.api.score.director.ScoreDirector;
import org.optaplanner.core.impl.heuristic.selector.move.factory.MoveIteratorFactory;

/**
 * Proposes only moves that keep the plan feasible and raise its score. It looks at the slots in
 * turn and ends when a whole turn, or so many slots in a row as a quarter of the steps it may make,
 * found nothing, so the local search ends by itself, the same way every time.
 */
public final class TargetedMoves implements MoveIteratorFactory<Round, PlaceMove> {
  @Override
  public long getSize(ScoreDirector<Round> director) {
    return director.getWorkingSolution().slots.size();
  }

  @Override
  public Iterator<PlaceMove> createOriginalMoveIterator(ScoreDirector<Round> director) {
    Round round = director.getWorkingSolution();
    return new Turn(round, new MoveFinder(round));
  }

  @Override
  public Iterator<PlaceMove> createRandomMoveIterator(
      ScoreDirector<Round> director, Random workingRandom) {
    return createOriginalMoveIterator(director);
  }

  /** At most one turn over all slots, going on where the course stands. */
  private static final class Turn implements Iterator<PlaceMove> {
    private final Round round;
    private final MoveFinder finder;
    private int looked;
    private @Nullable PlaceMove found;

    Turn(Round round, MoveFinder finder) {
      this.round = round;
      this.finder = finder;
    }

    @Override
    public boolean hasNext() {
      int most = Math.min(round.slots.size(), round.course.mostLooksInVain());
      while (found == null && looked < most && round.course.maySearchOn()) {
        looked++;
        found = finder.improve(round.slots.get(round.course.nextSlot(round.slots.size())));
      }
      if (found == null) {
        round.course.endSearch();
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
      round.course.countSearchStep();
      return move;
    }
  }
}
