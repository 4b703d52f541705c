package io.phalanx.simulator.fleet;

import com.fasterxml.jackson.core.JsonGenerator;
import io.phalanx.simulator.shape.MinerKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * One gas reading.
 *
 * @param gasUsed cumulative for the assignment
 * @param last whether the assignment sends no further one
 * @param signature the miner's, base64; empty where none is asked for
 */
record Reading(
    String assignmentId, long epoch, long sequence, long gasUsed, boolean last, String signature) {

  Reading(String assignmentId, long epoch, long sequence, long gasUsed, boolean last) {
    this(assignmentId, epoch, sequence, gasUsed, last, "");
  }

  /** The same with its miner's signature, so that anybody may bring it. */
  Reading signedBy(MinerKey miner) {
    String message =
        String.join(
            "\n",
            "phalanx-reading-v1",
            assignmentId,
            Long.toString(epoch),
            Long.toString(sequence),
            Long.toString(gasUsed),
            Boolean.toString(last));
    byte[] bytes = miner.sign(message.getBytes(StandardCharsets.UTF_8));
    String text = Base64.getEncoder().encodeToString(bytes);
    return new Reading(assignmentId, epoch, sequence, gasUsed, last, text);
  }

  void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("assignmentId", assignmentId);
    json.writeNumberField("epoch", epoch);
    json.writeNumberField("sequence", sequence);
    json.writeNumberField("gasUsed", gasUsed);
    if (last) {
      json.writeBooleanField("final", true);
    }
    if (!signature.isEmpty()) {
      json.writeStringField("signature", signature);
    }
    json.writeEndObject();
  }
}
