package io.phalanx.scheduler.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.policy.Policy;
import io.phalanx.scheduler.round.RoundRecord;

/** What happens to the service itself. */
public sealed interface SystemEvent extends Event {

  /**
   * A node became the writer.
   *
   * @param epoch the leader's epoch, higher than any before
   * @param node which node
   * @param downMs for how long nothing was written before; 0 unless that was down time
   */
  record LeaderTookOver(long epoch, String node, long downMs) implements SystemEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /**
   * A journal whose end was lost was taken into service again: from here on nothing has a position,
   * an id, an epoch or a settlement's number that something lost may have had. The last event of
   * its row, which reaches to just before the next position.
   *
   * @param number of the incarnation; 0 is the one before the first restore
   * @param nextPosition of the event that follows this one
   * @param nextSettlement number of the settlement that is closed next
   */
  record IncarnationBegan(long number, long nextPosition, long nextSettlement)
      implements SystemEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /** An admin changed the policy. */
  record PolicyChanged(Policy policy) implements SystemEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /** A round of the placement model was checked and committed; its offers follow. */
  record RoundCommitted(RoundRecord round) implements SystemEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /**
   * The market's reference price moved.
   *
   * @param pico the median ask, pico-PHA for one unit of gas
   */
  record ReferencePriceMoved(long pico) implements SystemEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /**
   * An idempotency key was used, for a command whose events do not tell what was answered.
   *
   * @param key its mark
   * @param answer what was answered
   */
  record KeyRemembered(KeyMark key, JsonNode answer) implements SystemEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /**
   * So many miners fell silent at once that it is taken for our own fault.
   *
   * @param untilMs until when no assignment is ended for silence, Unix milliseconds
   * @param silent how many Active miners fell silent
   * @param active of how many
   */
  record MassSilenceNoticed(long untilMs, int silent, int active) implements SystemEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /**
   * What had ended by these positions is in the history and leaves the state.
   *
   * @param upTo the journal position up to which ended things leave
   * @param keysUpTo the journal position up to which idempotency keys leave: not above upTo
   */
  record HistoryKept(long upTo, long keysUpTo) implements SystemEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }
}
