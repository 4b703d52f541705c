package io.phalanx.api.evidence;

import io.phalanx.api.problem.Fault;
import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Attestations as requests have them. */
public final class EvidenceJson {

  /** The fields of collateral in the order in which it is kept. */
  private static final List<String> COLLATERAL =
      List.of(
          "pck_crl_issuer_chain",
          "root_ca_crl",
          "pck_crl",
          "tcb_info_issuer_chain",
          "tcb_info",
          "tcb_info_signature",
          "qe_identity_issuer_chain",
          "qe_identity",
          "qe_identity_signature",
          "pck_certificate_chain");

  private EvidenceJson() {}

  /** Whether it only declares a tier. */
  public static boolean isDeclared(JsonNode attestation) {
    return type(attestation).equals("declared");
  }

  private static String type(JsonNode attestation) {
    return attestation.path("type").asString("");
  }

  /** What is wrong with an attestation that fits the contract otherwise: each type has its own. */
  public static List<Fault> faults(JsonNode attestation, String pointer) {
    String type = type(attestation);
    Set<String> own =
        switch (type) {
          case "dcap" -> Set.of("quote", "collateral");
          case "ias" -> Set.of("report", "signature", "signingCert");
          default -> Set.of("tier");
        };
    List<Fault> faults = new ArrayList<>();
    for (String name :
        List.of("tier", "quote", "collateral", "report", "signature", "signingCert")) {
      boolean isThere = attestation.has(name);
      if (own.contains(name) && !isThere) {
        faults.add(Fault.body(pointer + "/" + name, "is required for type " + type));
      } else if (isThere && !own.contains(name)) {
        faults.add(Fault.body(pointer + "/" + name, "does not belong to type " + type));
      }
    }
    if (own.contains("quote") && attestation.has("quote") && quote(attestation).isEmpty()) {
      faults.add(Fault.body(pointer + "/quote", "must be whole bytes in hexadecimal digits"));
    }
    return faults;
  }

  private static Optional<Bytes> quote(JsonNode attestation) {
    return Bytes.ofHex(attestation.path("quote").asString(""));
  }

  /** The evidence of an attestation without faults that is not declared. */
  public static Evidence evidence(JsonNode attestation) {
    if (type(attestation).equals("ias")) {
      return new Evidence.Ias(
          Bytes.utf8(attestation.path("report").asString()),
          attestation.path("signature").asString(),
          attestation.path("signingCert").asString());
    }
    return new Evidence.Dcap(
        quote(attestation).orElseThrow(), collateral(attestation.path("collateral")));
  }

  /** Collateral as it is kept: the same fields in the same order, whoever brings it. */
  public static Bytes collateral(JsonNode given) {
    ObjectNode kept = JsonNodeFactory.instance.objectNode();
    for (String name : COLLATERAL) {
      JsonNode value = given.path(name);
      if (value.isString()) {
        kept.put(name, value.asString());
      }
    }
    return Bytes.utf8(kept.toString());
  }
}
