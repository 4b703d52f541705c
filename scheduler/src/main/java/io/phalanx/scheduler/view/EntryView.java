package io.phalanx.scheduler.view;

import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.state.Change.EntryChange;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.Timestamps;
import org.jspecify.annotations.Nullable;

/**
 * A line of a developer's ledger: a movement on the available balance.
 *
 * @param id its name
 * @param time when
 * @param kind {@code deposit}, {@code withdrawal}, {@code hold}, {@code release} or {@code
 *     correction}
 * @param amount how much
 * @param balance what was available after it
 * @param deploymentId for which deployment, if for one
 * @param reference the payout layer's word for it, or the corrected receipt
 */
public record EntryView(
    String id,
    String time,
    String kind,
    Amount amount,
    Amount balance,
    @Nullable DeploymentId deploymentId,
    @Nullable String reference)
    implements Answer {

  /** The line that a change makes. */
  public static EntryView of(EntryChange change, Moment moment) {
    return new EntryView(
        "e-" + Long.toString(moment.position(), 36),
        Timestamps.text(moment.atMs()),
        change.kind(),
        change.amount(),
        change.balance(),
        change.deploymentId(),
        change.reference());
  }
}
