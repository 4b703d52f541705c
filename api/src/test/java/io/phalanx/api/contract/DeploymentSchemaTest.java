package io.phalanx.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.phalanx.api.cli.PhalanxCommand;
import io.phalanx.api.support.ServedNode;
import io.phalanx.api.support.TestServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

class DeploymentSchemaTest {
  private static final Path KEPT = Path.of("../docs/reference/deployment.schema.json");
  private static final Path EXAMPLES = Path.of("../docs/examples");
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(DeploymentSchema.of(TestServer.CONTRACT));

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml") || file.toString().endsWith(".json"))
          .sorted()
          .toList();
    }
  }

  private static List<String> faults(String yaml) {
    return SCHEMA.validate(new YAMLMapper().readTree(yaml)).stream()
        .map(error -> error.getInstanceLocation() + " " + error.getMessage())
        .toList();
  }

  @Nested
  class Document {
    @Test
    void isTheOneInTheReference() throws IOException {
      if (Boolean.getBoolean("phalanx.write-docs")) {
        String schema = DeploymentSchema.of(TestServer.CONTRACT).toPrettyString();
        Files.writeString(KEPT, schema + "\n");
      }
      assertThat(new ObjectMapper().readTree(Files.readString(KEPT)))
          .as("the schema in the reference; -Dphalanx.write-docs=true writes it")
          .isEqualTo(DeploymentSchema.of(TestServer.CONTRACT));
    }

    @Test
    void refersToNothingOutsideItself() {
      JsonNode schema = DeploymentSchema.of(TestServer.CONTRACT);
      List<JsonNode> references = schema.findValues("$ref");
      assertThat(references).isNotEmpty();
      assertThat(references)
          .allSatisfy(
              reference ->
                  assertThat(schema.at(reference.asString().substring(1)).isObject())
                      .as(reference.asString())
                      .isTrue());
    }

    @Test
    void isServedAndPrinted(@TempDir Path folder) {
      StringWriter out = new StringWriter();
      CommandLine line = PhalanxCommand.commandLine().setOut(new PrintWriter(out, true));
      assertThat(line.execute("schema")).isZero();
      try (ServedNode node = ServedNode.start(folder, Map.of("auth", "keys"))) {
        ServedNode.Reply served = node.get("/schemas/deployment.json");
        assertThat(served.header("Content-Type")).isEqualTo("application/schema+json");
        assertThat(served.json()).isEqualTo(new ObjectMapper().readTree(out.toString()));
      }
    }
  }

  @Nested
  class Examples {
    @ParameterizedTest
    @MethodSource("io.phalanx.api.contract.DeploymentSchemaTest#examples")
    void keepToIt(Path example) throws IOException {
      assertThat(faults(Files.readString(example))).isEmpty();
    }

    @Test
    void areTakenByAService(@TempDir Path folder) throws IOException {
      try (ServedNode node = ServedNode.start(folder, Map.of())) {
        examples()
            .forEach(
                example ->
                    assertThat(
                            PhalanxCommand.commandLine()
                                .setOut(new PrintWriter(new StringWriter()))
                                .execute(
                                    "deploy",
                                    "--url",
                                    "http://127.0.0.1:" + node.port(),
                                    "-f",
                                    example.toString()))
                        .as(example.toString())
                        .isZero());
      }
    }
  }

  @Nested
  class Mistakes {
    private static final String RIGHT =
        """
        codeHash: "0x9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
        tiers: [1]
        maxGasPrice: "1"
        budget: "1"
        """;

    @ParameterizedTest
    @CsvSource({
      "tiers: [1], tiers: [6], /tiers/0",
      "budget: \"1\", budget: 1, /budget",
      "codeHash: \"0x, codeHash: \"9x, /codeHash",
      "budget: \"1\", 'budget: \"1\"\nlifetime: P1Y', /lifetime",
      "budget: \"1\", 'budget: \"1\"\nreplica: 2', replica",
      "maxGasPrice: \"1\", name: a, maxGasPrice"
    })
    void areNamedByTheirField(String right, String wrong, String field) {
      assertThat(faults(RIGHT)).isEmpty();
      assertThat(faults(RIGHT.replace(right, wrong)))
          .anySatisfy(fault -> assertThat(fault).contains(field));
    }

    @Test
    void areAllNamedAtOnceByTheService(@TempDir Path folder) throws IOException {
      Path file = folder.resolve("wrong.yaml");
      Files.writeString(file, RIGHT.replace("[1]", "[6]") + "replica: 2\nminReplicas: 5\n");
      StringWriter err = new StringWriter();
      try (ServedNode node = ServedNode.start(folder.resolve("data"), Map.of())) {
        int code =
            PhalanxCommand.commandLine()
                .setErr(new PrintWriter(err, true))
                .execute(
                    "deploy",
                    "--url",
                    "http://127.0.0.1:" + node.port(),
                    "-f",
                    file.toString(),
                    "--dry-run");
        assertThat(code).isEqualTo(1);
      }
      assertThat(err.toString())
          .contains("/tiers/0")
          .contains("/minReplicas")
          .contains("/replica: is not a known field; did you mean 'replicas'?");
    }
  }
}
