package io.phalanx.api.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.scheduler.audit.AuditReport;
import io.phalanx.simulator.SimulationReport;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;

/**
 * How a demo went: what strangers saw over HTTP, and what the journal says.
 *
 * @param simulation what the simulated miners, developers and payout layer saw
 * @param audit what the check of the whole journal found
 * @param killed the node that led and was killed half way, if one was
 */
record DemoSummary(SimulationReport simulation, AuditReport audit, Optional<String> killed) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Whether nothing acknowledged is missing and no invariant is broken. */
  boolean isGood() {
    return audit.isClean() && simulation.ledger().holds();
  }

  /** One line of JSON: the simulation's figures, and the journal's. */
  String toJson() {
    try {
      ObjectNode summary = (ObjectNode) JSON.readTree(simulation.toJson());
      killed.ifPresent(node -> summary.put("killed", node));
      summary.put("events", audit.events());
      summary.put("violations", audit.violationCount());
      summary.set("violationsFound", JSON.valueToTree(audit.violations()));
      return JSON.writeValueAsString(summary);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("the summary cannot be written", e);
    }
  }

  /** A few lines for a person. */
  String toText() {
    return sentence(simulation)
        + killed.map(node -> String.format("%n%s led and was killed half way", node)).orElse("")
        + String.format(
            Locale.ROOT,
            "%n%d events in the journal, %d violations of the invariants",
            audit.events(),
            audit.violationCount());
  }

  static String sentence(SimulationReport report) {
    return String.format(
        Locale.ROOT,
        "%d deployments, %d replicas placed, %d readings, %d gas charged, %d settlements delivered;"
            + " accepted to placed p50 %.0f ms, p99 %.0f ms;"
            + " %d acknowledged writes checked, %d lost, %d doubled",
        report.deployments(),
        report.replicasPlaced(),
        report.readings(),
        report.gasCharged(),
        report.settlementsDelivered(),
        report.acceptedToPlacedMs().p50(),
        report.acceptedToPlacedMs().p99(),
        report.ledger().checked(),
        report.ledger().lost().size(),
        report.ledger().doubled().size());
  }
}
