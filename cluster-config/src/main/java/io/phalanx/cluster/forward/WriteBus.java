package io.phalanx.cluster.forward;

import java.util.function.Consumer;

/** Carries batches of writes from node to node: over the event bus, or in a test by hand. */
interface WriteBus {

  /** What came of a batch that was sent. */
  sealed interface Result {

    /** It was answered. */
    record Answered(com.fasterxml.jackson.databind.JsonNode replies) implements Result {}

    /** It was certainly not delivered. */
    record Undelivered() implements Result {}

    /** Nothing was heard. */
    record Unheard() implements Result {}
  }

  /**
   * Sends a batch.
   *
   * @param node to which node
   * @param body the batch in JSON
   * @param onResult called once
   */
  void send(String node, String body, Consumer<Result> onResult);
}
