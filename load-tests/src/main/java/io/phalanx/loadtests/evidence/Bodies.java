package io.phalanx.loadtests.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.authority.DcapForge;
import io.phalanx.attestation.authority.Machine;
import java.io.UncheckedIOException;

/** Registrations of machines of one processor family, each with a platform of its own. */
final class Bodies {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode collateral = read(DcapForge.sgx());

  private static JsonNode read(DcapForge forge) {
    try {
      return JSON.readTree(forge.collateral().toArray());
    } catch (java.io.IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Newer collateral of the family, by which all of it is out of date. */
  static String outOfDate() {
    return read(DcapForge.sgx()
            .rated("OutOfDate", "INTEL-SA-01010")
            .tcbInfo(info -> info.put("issueDate", "2026-01-15T00:00:00Z")))
        .toString();
  }

  private static String id(int number) {
    return String.format("%064x", number);
  }

  String declared(int number) {
    return registration(number, JSON.createObjectNode().put("type", "declared").put("tier", 1));
  }

  String proven(int number, String nonce) {
    Bytes reportData = Bytes.ofHex(id(number) + nonce).orElseThrow();
    Bytes quote =
        DcapForge.sgx()
            .on(Machine.BEST.withPpid(String.format("%032x", number)))
            .reporting(reportData)
            .quote();
    ObjectNode attestation = JSON.createObjectNode().put("type", "dcap").put("quote", quote.hex());
    return registration(number, attestation.set("collateral", collateral));
  }

  private static String registration(int number, ObjectNode attestation) {
    ObjectNode body =
        JSON.createObjectNode()
            .put("minerId", id(number))
            .put("operator", "op-" + number % 50)
            .put("region", "eu")
            .put("stake", "5000000000000000")
            .put("performance", 1000)
            .put("gasPrice", "900");
    try {
      return JSON.writeValueAsString(body.set("attestation", attestation));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
