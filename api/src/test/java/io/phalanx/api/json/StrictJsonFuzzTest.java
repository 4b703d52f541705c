package io.phalanx.api.json;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.phalanx.api.contract.ContractLoader;
import io.phalanx.api.contract.Operation;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/**
 * Whatever a body is, it is a document or malformed, and a document is held against the contract
 * without a fault of ours.
 */
@EnabledForJreRange(max = JRE.JAVA_21) // the fuzzer cannot instrument classes of newer ones
final class StrictJsonFuzzTest {
  private static final Operation READINGS = operation("reportGas");
  private static final Operation DEPLOYMENT = operation("createDeployment");
  private static final Operation REGISTRATION = operation("registerMiner");

  private static Operation operation(String id) {
    return ContractLoader.load(false).operations().stream()
        .filter(operation -> operation.id().equals(id))
        .findAny()
        .orElseThrow();
  }

  @FuzzTest
  void document(byte[] body) {
    Parsed parsed = StrictJson.parse(body);
    if (parsed instanceof Parsed.Document document) {
      byte[] written = document.root().toString().getBytes(StandardCharsets.UTF_8);
      if (!document.hasFractions() && !(StrictJson.parse(written) instanceof Parsed.Document)) {
        throw new IllegalStateException("what was read cannot be read again");
      }
    } else if (((Parsed.Malformed) parsed).detail().isEmpty()) {
      throw new IllegalStateException("malformed without a word");
    }
  }

  @FuzzTest
  void readings(byte[] body) {
    check(READINGS, body);
  }

  @FuzzTest
  void deployment(byte[] body) {
    check(DEPLOYMENT, body);
  }

  @FuzzTest
  void registration(byte[] body) {
    check(REGISTRATION, body);
  }

  private static void check(Operation operation, byte[] body) {
    if (StrictJson.parse(body) instanceof Parsed.Document document) {
      operation.bodyFaults(document);
    }
  }
}
