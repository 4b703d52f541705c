package io.phalanx.simulator.payout;

import com.fasterxml.jackson.databind.JsonNode;
import io.phalanx.simulator.http.Json;
import io.vertx.core.buffer.Buffer;
import java.math.BigInteger;

/**
 * A settlement as it was received.
 *
 * @param previousRoot "" when it names none
 * @param total pico-PHA that it claims
 * @param sum pico-PHA of its lines, fees and treasury
 */
public record Settlement(
    long number, String root, String previousRoot, BigInteger total, BigInteger sum, Buffer bytes) {
  static Settlement read(Buffer body) {
    JsonNode json = Json.parse(body);
    BigInteger sum = BigInteger.ZERO;
    for (JsonNode line : json.path("lines")) {
      sum = sum.add(Json.amount(line.path("fee"))).add(Json.amount(line.path("treasury")));
    }
    return new Settlement(
        json.path("number").asLong(-1),
        json.path("root").asText(""),
        json.path("previousRoot").asText(""),
        Json.amount(json.path("total")),
        sum,
        body);
  }
}
