package io.phalanx.api.contract;

import io.phalanx.api.json.Parsed;
import io.phalanx.api.problem.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What no schema can say of a body: how its numbers are written, how its fields fit each other. */
final class CrossCheck {
  private CrossCheck() {}

  static List<Fault> faults(String operationId, Parsed.Document body) {
    boolean isDeployment =
        Set.of("createDeployment", "echoDeployment", "createQuote").contains(operationId);
    if (!body.hasFractions()) {
      return isDeployment ? deployment(body.root()) : List.of();
    }
    List<Fault> faults = new ArrayList<>();
    fractions(body.root(), "", faults);
    if (isDeployment) {
      faults.addAll(deployment(body.root()));
    }
    return faults;
  }

  /** To JSON Schema 1.0 and 1e3 are integers; here every number is written as one. */
  private static void fractions(JsonNode node, String pointer, List<Fault> faults) {
    if (node.isFloatingPointNumber()) {
      faults.add(Fault.body(pointer, "must be an integer without fraction or exponent"));
    } else if (node.isObject()) {
      node.forEachEntry(
          (name, value) -> fractions(value, FaultSentence.member(pointer, name), faults));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        fractions(node.get(i), pointer + "/" + i, faults);
      }
    }
  }

  private static List<Fault> deployment(JsonNode body) {
    JsonNode least = body.path("minReplicas");
    JsonNode all = body.path("replicas");
    boolean judged = isCount(least) && (all.isMissingNode() || isCount(all));
    if (judged && least.longValue() > (all.isMissingNode() ? 1 : all.longValue())) {
      return List.of(Fault.body("/minReplicas", "must not be more than replicas"));
    }
    return List.of();
  }

  /** What is not has a fault of its own. */
  private static boolean isCount(JsonNode value) {
    return value.isIntegralNumber() && value.canConvertToLong();
  }
}
