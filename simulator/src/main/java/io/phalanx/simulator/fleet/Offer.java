package io.phalanx.simulator.fleet;

import com.fasterxml.jackson.core.JsonParser;
import io.phalanx.simulator.http.Json;
import java.io.IOException;
import java.math.BigInteger;

/** One assignment as a heartbeat's answer, or an event, lists it. */
record Offer(
    String id,
    String deploymentId,
    String codeUri,
    long epoch,
    String state,
    BigInteger gasPrice,
    long lastSequence,
    long lastGasUsed) {

  boolean offered() {
    return state.equals("Offered");
  }

  boolean running() {
    return state.equals("Running");
  }

  /** Reads the object on whose start the parser stands. */
  static Offer read(JsonParser json) throws IOException {
    Reader reader = new Reader();
    Json.fields(json, reader::field);
    return reader.offer();
  }

  private static final class Reader {
    private String id = "";
    private String deploymentId = "";
    private String codeUri = "";
    private String state = "";
    private String gasPrice = "";
    private long epoch;
    private long lastSequence;
    private long lastGasUsed;

    void field(String name, JsonParser value) throws IOException {
      switch (name) {
        case "id" -> id = value.getValueAsString("");
        case "deploymentId" -> deploymentId = value.getValueAsString("");
        case "codeUri" -> codeUri = value.getValueAsString("");
        case "state" -> state = value.getValueAsString("");
        case "gasPrice" -> gasPrice = value.getValueAsString("");
        case "epoch" -> epoch = value.getValueAsLong();
        case "lastSequence" -> lastSequence = value.getValueAsLong();
        case "lastGasUsed" -> lastGasUsed = value.getValueAsLong();
        default -> {
          // a client ignores what it does not know
        }
      }
    }

    Offer offer() {
      return new Offer(
          id,
          deploymentId,
          codeUri,
          epoch,
          state,
          gasPrice.matches("\\d{1,30}") ? new BigInteger(gasPrice) : BigInteger.ZERO,
          lastSequence,
          lastGasUsed);
    }
  }
}
