package io.phalanx.loadtests.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What stands in a service so that malformed requests come far: a miner with an assignment.
 *
 * @param minerId of an Active miner
 * @param assignmentId of its assignment
 * @param epoch of its assignment
 */
record Things(String minerId, String assignmentId, long epoch) {
  private static final String CODE = "0x" + "9f".repeat(32);
  private static final int TRIES = 600;

  /** A deployment that any miner may run. */
  static String deployment() {
    return """
        {"name":"fuzz","codeHash":"%s","codeUri":"ipfs://a","tiers":[1,2,3,4,5],"minPerformance":0,\
        "replicas":1,"minReplicas":1,"maxPerOperator":1,"regions":["eu"],"allowOperators":[],\
        "denyOperators":["op-7"],"preference":"balanced","maxGasPrice":"1000",\
        "budget":"5000000000000","queueTimeout":"PT1H","lifetime":"P30D","labels":{"team":"a"}}"""
        .formatted(CODE);
  }

  /** A miner that may start. */
  static String miner(String id) {
    return """
        {"minerId":"%s","operator":"op-1","region":"eu","stake":"5000000000000000",\
        "performance":1000,"gasPrice":"100","attestation":{"type":"declared","tier":1}}"""
        .formatted(id);
  }

  /** Registers and starts a miner, and waits until it has a contract. */
  static Things make(Probe probe) throws IOException, InterruptedException {
    String minerId = "ab".repeat(32);
    probe.make("/v1/miners", miner(minerId));
    probe.make("/v1/miners/" + minerId + "/start", "{}");
    probe.make("/v1/deployments", deployment());
    for (int sequence = 1; sequence <= TRIES; sequence++) {
      JsonNode orders =
          probe.make("/v1/miners/" + minerId + "/heartbeats", "{\"sequence\":" + sequence + "}");
      JsonNode order = orders.path("assignments").path(0);
      if (order.has("id")) {
        return new Things(minerId, order.path("id").asText(), order.path("epoch").asLong());
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new IOException("the deployment was not placed");
  }

  /** The path with ids in the places of its parameters. */
  String fill(String template) {
    String id = template.startsWith("/v1/assignments") ? assignmentId : minerId;
    return template
        .replace("{minerId}", minerId)
        .replace("{developer}", "dev")
        .replace("{number}", "1")
        .replace("{id}", id);
  }

  /** A body for each POST, by its path in the contract. */
  Map<String, String> bodies() {
    String reading =
        "\"epoch\":%d,\"sequence\":1,\"gasUsed\":1000,\"final\":false".formatted(epoch);
    Map<String, String> bodies = new TreeMap<>();
    bodies.put("/v1/deployments", deployment());
    bodies.put("/v1/miners", miner("cd".repeat(32)));
    bodies.put("/v1/miners/{minerId}/start", "{}");
    bodies.put("/v1/miners/{minerId}/stop", "{}");
    bodies.put("/v1/miners/{minerId}/uncordon", "{}");
    bodies.put("/v1/miners/{minerId}/cordon", "{\"reason\":\"disk\",\"drainWithin\":\"PT1H\"}");
    bodies.put("/v1/miners/{minerId}/heartbeats", "{\"sequence\":9,\"performance\":900}");
    bodies.put("/v1/assignments/{id}/acknowledge", "{\"epoch\":%d}".formatted(epoch));
    bodies.put("/v1/assignments/{id}/complete", "{\"epoch\":%d}".formatted(epoch));
    bodies.put("/v1/assignments/{id}/fail", "{\"epoch\":%d,\"reason\":\"a\"}".formatted(epoch));
    bodies.put("/v1/assignments/{id}/gas", "{" + reading + "}");
    bodies.put(
        "/v1/gas", "{\"readings\":[{\"assignmentId\":\"" + assignmentId + "\"," + reading + "}]}");
    bodies.put("/v1/accounts/{developer}/deposits", "{\"amount\":\"100\",\"reference\":\"a-1\"}");
    bodies.put("/v1/accounts/{developer}/withdrawals", "{\"amount\":\"1\",\"reference\":\"b-1\"}");
    bodies.put("/v1/settlements/{number}/acknowledge", "{\"reference\":\"c-1\"}");
    bodies.put("/v1/quotes", deployment());
    bodies.put("/v1/corrections", "{\"receiptId\":\"r-1a2b\",\"reason\":\"a broken meter\"}");
    bodies.put("/v1/keys", "{\"role\":\"developer\",\"name\":\"fuzz\"}");
    return bodies;
  }
}
