package io.phalanx.scheduler.event;

import io.phalanx.scheduler.deployment.AssignmentEndReason;
import io.phalanx.scheduler.deployment.Placement;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.unit.Amount;
import org.jspecify.annotations.Nullable;

/** What happens to an assignment. */
public sealed interface AssignmentEvent extends Event {

  /** The assignment. */
  AssignmentId assignmentId();

  /**
   * A slot was put on a miner, which is Active from here on.
   *
   * @param assignmentId its name, from this event's position, which is also its epoch
   * @param deploymentId whose slot
   * @param placement which slot, which miner, on what terms
   * @param acknowledgeByMs until when the miner may acknowledge, Unix milliseconds
   * @param replaces the assignment that is leaving the slot, if one is
   */
  record AssignmentOffered(
      AssignmentId assignmentId,
      DeploymentId deploymentId,
      Placement placement,
      long acknowledgeByMs,
      @Nullable AssignmentId replaces)
      implements AssignmentEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /** The miner took it; the meter runs. */
  record AssignmentAcknowledged(AssignmentId assignmentId) implements AssignmentEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /**
   * Another miner is looked for; it goes on until that one has acknowledged, or its time is up.
   * Said again when the reason or the end changes.
   *
   * @param assignmentId the running assignment
   * @param reason what it will end with
   * @param byMs when it ends even if nobody has taken over, Unix milliseconds
   */
  record AssignmentBeganLeaving(AssignmentId assignmentId, AssignmentEndReason reason, long byMs)
      implements AssignmentEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /** What was to leave stays: the reason is gone, and no other miner was found yet. */
  record AssignmentStayed(AssignmentId assignmentId) implements AssignmentEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /**
   * It is over; the miner is Idle again.
   *
   * @param assignmentId the assignment
   * @param reason why
   * @param note the miner's words, if it gave any
   */
  record AssignmentEnded(
      AssignmentId assignmentId, AssignmentEndReason reason, @Nullable String note)
      implements AssignmentEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /**
   * A reading was taken and charged.
   *
   * @param assignmentId the assignment
   * @param sequence the reading's number
   * @param gasUsed cumulative gas it states
   * @param charged units of gas charged for it
   * @param uncollected units of gas the budget did not cover
   * @param fee the miner's part of the charge
   * @param treasury the treasury's part of the charge
   * @param last whether the miner said it is the last one
   * @param signature the miner's over the reading, base64; none in open mode
   */
  record GasCharged(
      AssignmentId assignmentId,
      long sequence,
      long gasUsed,
      long charged,
      long uncollected,
      Amount fee,
      Amount treasury,
      boolean last,
      @Nullable String signature)
      implements AssignmentEvent {

    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /**
   * A reading was refused since it says more gas than the machine can have done; of a miner it is
   * noted once a minute.
   *
   * @param assignmentId the assignment
   * @param sequence the reading's number
   * @param gasUsed cumulative gas it states
   * @param cap the most that was possible by then
   */
  record ReadingFlagged(AssignmentId assignmentId, long sequence, long gasUsed, long cap)
      implements AssignmentEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }
}
