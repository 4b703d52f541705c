package io.phalanx.scheduler.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.command.MinerCommand.RegisterMiner;
import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Evidence;
import io.phalanx.scheduler.round.RoundCourse;
import io.phalanx.scheduler.round.RoundRecord;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import java.io.UncheckedIOException;
import java.util.List;

/** Things as they usually are, to be changed where a test cares. */
public final class Samples {

  private static final String SPEC =
      """
      {"codeHash": "0x%s", "tiers": [1, 2, 3, 4, 5], "minPerformance": 0, "replicas": 1,
       "minReplicas": 1, "maxPerOperator": 0, "regions": [], "allowOperators": [],
       "denyOperators": [], "preference": "balanced", "maxGasPrice": "1000",
       "budget": "1000000000000", "lifetime": "P30D", "labels": {}}"""
          .formatted("ab".repeat(32));

  private Samples() {}

  /** Names a miner. */
  public static MinerId minerId(String name) {
    StringBuilder hex = new StringBuilder();
    name.chars().forEach(c -> hex.append(Integer.toHexString(c & 0xff)));
    return new MinerId((hex + "0".repeat(64)).substring(0, 64));
  }

  /** Evidence of that tier that never expires. */
  public static Evidence evidence(int tier) {
    return new Evidence(tier, "declared", 1, List.of(), 0, null, null);
  }

  /** Evidence of tier 1 that expires. */
  public static Evidence evidenceUntil(long expiresAtMs) {
    return new Evidence(1, "dcap", 1, List.of(), 0, expiresAtMs, "ab".repeat(32));
  }

  /** Tier 1, score 1,000, ask 100, region eu; its operator is called as it is. */
  public static RegisterMiner registration(String name) {
    return registration(name, "op-" + name, 1000, 100);
  }

  /** Tier 1, region eu. */
  public static RegisterMiner registration(
      String name, String operator, int performance, long ask) {
    return new RegisterMiner(
        minerId(name),
        operator,
        "eu",
        Amount.ofPha(5000),
        performance,
        GasPrice.of(ask),
        evidence(1));
  }

  /** The same with other evidence. */
  public static RegisterMiner registration(String name, Evidence evidence) {
    RegisterMiner usual = registration(name);
    return new RegisterMiner(
        usual.minerId(),
        usual.operator(),
        usual.region(),
        usual.stake(),
        usual.performance(),
        usual.gasPrice(),
        evidence);
  }

  /**
   * One replica, any miner, bid 1,000, budget 1 PHA, lifetime 30 days, except for what is given as
   * names and values.
   */
  public static DeploymentSpec spec(Object... differences) {
    try {
      ObjectNode spec = (ObjectNode) CoreJson.stored().readTree(SPEC);
      for (int i = 0; i < differences.length; i += 2) {
        spec.set((String) differences[i], CoreJson.stored().valueToTree(differences[i + 1]));
      }
      return CoreJson.stored().treeToValue(spec, DeploymentSpec.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final RoundCourse COURSE = new RoundCourse(0, 0, 0, false);

  /** A round planned on the state at that position. */
  public static RoundRecord round(long basePosition) {
    return new RoundRecord(
        0, basePosition, 0, 0, 0, 0, 0, 0, 0, 0, 1, "test", 0, COURSE, List.of());
  }
}
