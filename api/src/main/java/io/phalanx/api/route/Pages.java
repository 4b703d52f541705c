package io.phalanx.api.route;

import io.phalanx.api.console.Console;
import io.phalanx.api.contract.Contract;
import io.phalanx.api.contract.DeploymentSchema;
import io.phalanx.api.http.Answer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What anybody may read beside the contract: the console's files, and the schema of deployment
 * files at {@code /schemas/deployment.json}.
 */
public final class Pages {
  private static final String SCHEMA = "application/schema+json";
  private static final int OK = 200;

  private Pages() {}

  /** All pages, by the segments of their paths. */
  public static Map<List<String>, Answer> of(Contract contract) {
    Map<List<String>, Answer> pages = new HashMap<>(Console.pages());
    byte[] schema = DeploymentSchema.of(contract).toPrettyString().getBytes(StandardCharsets.UTF_8);
    pages.put(
        List.of("schemas", "deployment.json"),
        new Answer.Whole(OK, SCHEMA, schema, Map.of(), null));
    return Map.copyOf(pages);
  }
}
