package io.phalanx.simulator.fleet;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * One gas reading.
 *
 * @param gasUsed cumulative for the assignment
 * @param last whether the assignment sends no further one
 */
record Reading(String assignmentId, long epoch, long sequence, long gasUsed, boolean last) {
  void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("assignmentId", assignmentId);
    json.writeNumberField("epoch", epoch);
    json.writeNumberField("sequence", sequence);
    json.writeNumberField("gasUsed", gasUsed);
    if (last) {
      json.writeBooleanField("final", true);
    }
    json.writeEndObject();
  }
}
