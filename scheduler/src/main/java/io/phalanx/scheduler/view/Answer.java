package io.phalanx.scheduler.view;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;

/** What an accepted command is answered with. */
public sealed interface Answer
    permits Answer.GivenAt,
        Answer.Nothing,
        Answer.Stored,
        AccessKeyView,
        AssignmentView,
        CorrectionView,
        DeploymentView,
        EntryView,
        GasResults,
        HeartbeatView,
        MinerView,
        PolicyView,
        QuoteView,
        SettlementView {

  /** Nothing to say. */
  record Nothing() implements Answer {}

  /**
   * What was answered before: it is found in the journal, or made again from what stands there.
   *
   * @param position of the event that carries the key
   */
  record GivenAt(long position) implements Answer {}

  /**
   * What was answered the first time a key was used.
   *
   * @param body the answer as it was
   */
  record Stored(@JsonValue JsonNode body) implements Answer {}
}
