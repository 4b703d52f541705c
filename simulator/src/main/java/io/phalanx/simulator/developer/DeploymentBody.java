package io.phalanx.simulator.developer;

import com.fasterxml.jackson.core.JsonGenerator;
import io.phalanx.simulator.fleet.Workload;
import io.phalanx.simulator.http.Json;
import io.phalanx.simulator.shape.DeploymentSpec;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.digests.Blake2bDigest;

/** A deployment request as JSON. */
final class DeploymentBody {
  private DeploymentBody() {}

  /**
   * The request for a contract.
   *
   * @param name unique over all runs
   * @param runId becomes a label, by which a run's deployments can be listed
   */
  static Buffer of(DeploymentSpec spec, String name, String runId) {
    return Json.object(json -> write(json, spec, name, runId));
  }

  private static void write(JsonGenerator json, DeploymentSpec spec, String name, String runId)
      throws IOException {
    json.writeStringField("name", name);
    json.writeStringField("codeHash", codeHash(spec.name()));
    json.writeStringField("codeUri", Workload.codeUri(spec.runsFor()));
    json.writeArrayFieldStart("tiers");
    for (int tier : spec.tiers()) {
      json.writeNumber(tier);
    }
    json.writeEndArray();
    json.writeNumberField("minPerformance", spec.minPerformance());
    json.writeNumberField("replicas", spec.replicas());
    json.writeNumberField("minReplicas", spec.minReplicas());
    json.writeNumberField("maxPerOperator", spec.maxPerOperator());
    names(json, "regions", spec.regions());
    names(json, "allowOperators", spec.allowOperators());
    names(json, "denyOperators", spec.denyOperators());
    json.writeStringField("preference", spec.preference());
    json.writeStringField("maxGasPrice", Long.toString(spec.maxGasPrice()));
    json.writeStringField("budget", spec.budget().toString());
    if (spec.queueTimeout().isPresent()) {
      json.writeStringField("queueTimeout", spec.queueTimeout().get().toString());
    }
    json.writeObjectFieldStart("labels");
    json.writeStringField("run", runId);
    json.writeEndObject();
  }

  private static void names(JsonGenerator json, String field, List<String> names)
      throws IOException {
    if (!names.isEmpty()) {
      json.writeArrayFieldStart(field);
      for (String name : names) {
        json.writeString(name);
      }
      json.writeEndArray();
    }
  }

  private static String codeHash(String code) {
    byte[] bytes = code.getBytes(StandardCharsets.UTF_8);
    Blake2bDigest digest = new Blake2bDigest(256);
    digest.update(bytes, 0, bytes.length);
    byte[] hash = new byte[32];
    digest.doFinal(hash, 0);
    return "0x" + HexFormat.of().formatHex(hash);
  }
}
