package io.phalanx.simulator.fake;

import io.vertx.core.json.JsonObject;
import java.math.BigInteger;

/** An assignment of the fake service. */
final class FakeAssignment {
  final String id;
  final FakeDeployment deployment;
  final FakeMiner miner;
  final long epoch;
  final BigInteger gasPrice;
  String state = "Offered";
  long sequence;
  long gasUsed;
  long runningNanos;
  boolean finalSeen;
  BigInteger charged = BigInteger.ZERO;

  FakeAssignment(String id, FakeDeployment deployment, FakeMiner miner, long epoch) {
    this.id = id;
    this.deployment = deployment;
    this.miner = miner;
    this.epoch = epoch;
    this.gasPrice = BigInteger.valueOf(7);
  }

  JsonObject json() {
    return new JsonObject()
        .put("id", id)
        .put("deploymentId", deployment.id)
        .put("minerId", miner.id)
        .put("codeHash", deployment.body.getString("codeHash"))
        .put("codeUri", deployment.body.getString("codeUri"))
        .put("epoch", epoch)
        .put("state", state)
        .put("gasPrice", gasPrice.toString())
        .put("acknowledgeBy", null)
        .put("lastSequence", sequence)
        .put("lastGasUsed", gasUsed);
  }
}
