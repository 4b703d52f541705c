package io.phalanx.api.cli;

import io.phalanx.api.contract.Contract;
import io.phalanx.api.contract.ContractLoader;
import io.phalanx.api.contract.DeploymentSchema;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code phalanx schema}: the formats, for editors and generators, without a service. */
@Command(
    name = "schema",
    description = "Prints the JSON Schema of deployment files, or the OpenAPI document.",
    mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {
  /** What can be printed. */
  enum Format {
    deployment,
    openapi
  }

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..1",
      defaultValue = "deployment",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE})")
  private Format format = Format.deployment;

  @Override
  public Integer call() {
    CommandSpec known = spec;
    if (known == null) {
      throw new IllegalStateException("picocli has set no spec");
    }
    Contract contract = ContractLoader.load(false);
    JsonNode printed =
        switch (format) {
          case deployment -> DeploymentSchema.of(contract);
          case openapi -> contract.document();
        };
    known.commandLine().getOut().println(printed.toPrettyString());
    return ExitCode.DONE;
  }
}
