package io.phalanx.scheduler.deployment;

import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How far a deployment has come.
 *
 * @param everPlaced whether {@code minReplicas} were ever assigned at once
 * @param runningAtMs when it was Running first, Unix milliseconds; its lifetime counts from there
 * @param failures {@code Failed}s in a row without a minute of Running between
 * @param failedOperators the operators of the miners they happened on
 * @param lastFailureMs when the newest of them was, Unix milliseconds
 * @param ended how it ended
 */
public record Progress(
    boolean everPlaced,
    @Nullable Long runningAtMs,
    int failures,
    SortedSet<String> failedOperators,
    @Nullable Long lastFailureMs,
    @Nullable Ending ended) {

  /** At the beginning. */
  public static final Progress START =
      new Progress(false, null, 0, java.util.Collections.emptySortedSet(), null, null);

  /**
   * How a deployment ended.
   *
   * @param position the journal position of its end
   * @param atMs when, Unix milliseconds
   * @param reason why
   */
  public record Ending(long position, long atMs, DeploymentEndReason reason) {}

  Progress placed() {
    return new Progress(true, runningAtMs, failures, failedOperators, lastFailureMs, ended);
  }

  Progress running(long atMs) {
    return new Progress(true, atMs, failures, failedOperators, lastFailureMs, ended);
  }

  Progress failed(boolean inARow, String operator, long atMs) {
    TreeSet<String> operators = new TreeSet<>(inARow ? failedOperators : new TreeSet<>());
    operators.add(operator);
    return new Progress(
        everPlaced,
        runningAtMs,
        inARow ? failures + 1 : 1,
        java.util.Collections.unmodifiableSortedSet(operators),
        atMs,
        ended);
  }

  Progress ended(Ending ending) {
    return new Progress(everPlaced, runningAtMs, failures, failedOperators, lastFailureMs, ending);
  }
}
