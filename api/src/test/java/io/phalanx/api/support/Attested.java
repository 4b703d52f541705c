package io.phalanx.api.support;

import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.Evidence;
import io.phalanx.attestation.authority.DcapForge;
import io.phalanx.attestation.authority.IasForge;
import io.phalanx.attestation.authority.Machine;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Evidence of the tests' authority in the words of requests. */
public final class Attested {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Attested() {}

  /** Another machine for each number, of the same processor family. */
  public static Machine machine(int n) {
    return Machine.BEST.withPpid(String.format("%032x", n));
  }

  /** What evidence reports of that miner and that nonce. */
  public static Bytes reportData(String minerId, String nonce) {
    return Bytes.ofHex(minerId + nonce).orElseThrow();
  }

  /** A quote as an attestation. */
  public static ObjectNode dcap(DcapForge forge) {
    Evidence.Dcap evidence = forge.issue();
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "dcap")
        .put("quote", evidence.quote().hex())
        .set("collateral", collateral(forge));
  }

  /** Collateral as a request has it. */
  public static JsonNode collateral(DcapForge forge) {
    return JSON.readTree(new String(forge.collateral().toArray(), StandardCharsets.UTF_8));
  }

  /** A report as an attestation. */
  public static ObjectNode ias(IasForge forge, Bytes reportData) {
    Evidence.Ias evidence =
        forge
            .quote(quote -> System.arraycopy(reportData.toArray(), 0, quote, 48 + 320, 64))
            .issue();
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "ias")
        .put("report", new String(evidence.report().toArray(), StandardCharsets.UTF_8))
        .put("signature", evidence.signature())
        .put("signingCert", evidence.signingCertificate());
  }

  /** A registration with an attestation. */
  public static String registration(String minerId, String operator, ObjectNode attestation) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("minerId", minerId)
        .put("operator", operator)
        .put("region", "eu")
        .put("stake", "5000000000000000")
        .put("performance", 1000)
        .put("gasPrice", "900")
        .set("attestation", attestation)
        .toString();
  }
}
