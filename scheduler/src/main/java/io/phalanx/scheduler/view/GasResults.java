package io.phalanx.scheduler.view;

import io.phalanx.scheduler.decision.Rejection;
import io.phalanx.scheduler.unit.Amount;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a batch of readings, in their order.
 *
 * @param results one for each reading
 */
public record GasResults(List<Result> results) implements Answer {

  /** What became of one reading. */
  public sealed interface Result {}

  /**
   * It was taken.
   *
   * @param charged what it cost, both parts; "0" for a replay
   * @param exhausted whether the deployment's budget is used up
   * @param receiptId its receipt; none if nothing was charged
   */
  public record Charged(Amount charged, boolean exhausted, @Nullable String receiptId)
      implements Result {}

  /**
   * It was refused.
   *
   * @param rejection why
   */
  public record RefusedReading(Rejection rejection) implements Result {}
}
