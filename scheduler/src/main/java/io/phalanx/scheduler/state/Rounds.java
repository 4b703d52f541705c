package io.phalanx.scheduler.state;

import io.phalanx.scheduler.round.CommittedRound;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The newest rounds; older ones are in the history. */
public final class Rounds {

  private static final int KEPT = 100;

  private final Deque<CommittedRound> newest = new ArrayDeque<>();
  private long lastNumber;

  void restore(List<CommittedRound> rounds, long number) {
    newest.addAll(rounds);
    lastNumber = number;
  }

  void add(CommittedRound round) {
    newest.addLast(round);
    lastNumber = round.record().number();
    if (newest.size() > KEPT) {
      newest.removeFirst();
    }
  }

  /** The newest ones, oldest first. */
  public List<CommittedRound> newest() {
    return List.copyOf(newest);
  }

  /** The round of that number, while the state has it. */
  public Optional<CommittedRound> find(long number) {
    return newest.stream().filter(round -> round.record().number() == number).findFirst();
  }

  /** The newest round's number; 0 before the first. */
  public long lastNumber() {
    return lastNumber;
  }
}
