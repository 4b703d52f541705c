package io.phalanx.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConfigLoaderTest {
  /** A value for each key that is not its default, and where it ends up. */
  private record Sample(String text, Function<NodeConfig, Object> accessor, Object value) {}

  private static final Map<Setting, Sample> SAMPLES = samples();

  @TempDir Path folder;

  private static Map<Setting, Sample> samples() {
    Map<Setting, Sample> samples = new EnumMap<>(Setting.class);
    samples.put(Setting.NODE_ID, new Sample("node-9", NodeConfig::nodeId, "node-9"));
    samples.put(Setting.CELL, new Sample("eu", NodeConfig::cell, "eu"));
    samples.put(Setting.LISTEN_HOST, new Sample("::1", c -> c.listen().host(), "::1"));
    samples.put(Setting.LISTEN_PORT, new Sample("0", c -> c.listen().port(), 0));
    samples.put(Setting.DATA, new Sample("/x/y", NodeConfig::data, Path.of("/x/y")));
    samples.put(
        Setting.STORE,
        new Sample("jdbc:postgresql://h/d", NodeConfig::store, "jdbc:postgresql://h/d"));
    samples.put(Setting.AUTH, new Sample("keys", NodeConfig::auth, NodeConfig.Auth.KEYS));
    samples.put(
        Setting.SIGNING_KEY,
        new Sample("/k/key.pem", NodeConfig::signingKey, Optional.of(Path.of("/k/key.pem"))));
    samples.put(
        Setting.PAYOUT_URL,
        new Sample(
            "https://pay.example/in",
            NodeConfig::payoutUrl,
            Optional.of(URI.create("https://pay.example/in"))));
    samples.put(
        Setting.PAYOUT_FOLDER,
        new Sample("/pay/in", NodeConfig::payoutFolder, Optional.of(Path.of("/pay/in"))));
    samples.put(
        Setting.SETTLEMENT_PERIOD,
        new Sample("PT1M", NodeConfig::settlementPeriod, Optional.of(Duration.ofMinutes(1))));
    samples.put(Setting.HTTP_MAX_BODY, new Sample("2048", c -> c.http().maxBody(), 2_048));
    samples.put(
        Setting.HTTP_MAX_READINGS_BODY, new Sample("4096", c -> c.http().maxReadingsBody(), 4_096));
    samples.put(
        Setting.HTTP_REQUEST_DEADLINE,
        new Sample("PT3S", c -> c.http().requestDeadline(), Duration.ofSeconds(3)));
    samples.put(Setting.HTTP_RATE, new Sample("5", c -> c.http().rate(), 5));
    samples.put(Setting.HTTP_BYTE_RATE, new Sample("70000", c -> c.http().byteRate(), 70_000));
    samples.put(
        Setting.TLS_CERTIFICATE, new Sample("pom.xml", c -> c.tls().certificate(), "pom.xml"));
    samples.put(Setting.TLS_KEY, new Sample("pom.xml", c -> c.tls().key(), "pom.xml"));
    samples.put(
        Setting.ROUNDS_BATCHING_WINDOW,
        new Sample("PT0S", c -> c.rounds().batchingWindow(), Duration.ZERO));
    samples.put(
        Setting.ROUNDS_TIME_LIMIT,
        new Sample("PT0.2S", c -> c.rounds().timeLimit(), Duration.ofMillis(200)));
    samples.put(Setting.ROUNDS_SEED, new Sample("-7", c -> c.rounds().seed(), -7L));
    samples.put(
        Setting.CLUSTER_MEMBERS,
        new Sample(
            "10.0.0.1:5701,h.example:5702",
            c -> c.cluster().members(),
            List.of("10.0.0.1:5701", "h.example:5702")));
    samples.put(
        Setting.CLUSTER_KUBERNETES_SERVICE,
        new Sample("phalanx.x.svc", c -> c.cluster().kubernetesService(), "phalanx.x.svc"));
    samples.put(Setting.CLUSTER_NAME, new Sample("blue", c -> c.cluster().name(), "blue"));
    samples.put(Setting.CLUSTER_HOST, new Sample("10.0.0.1", c -> c.cluster().host(), "10.0.0.1"));
    samples.put(Setting.CLUSTER_PORT, new Sample("5801", c -> c.cluster().port(), 5_801));
    samples.put(Setting.CLUSTER_BUS_PORT, new Sample("5802", c -> c.cluster().busPort(), 5_802));
    samples.put(
        Setting.CLUSTER_SECRET_FILE,
        new Sample("/s/f", c -> c.cluster().secretFile(), Optional.of(Path.of("/s/f"))));
    samples.put(
        Setting.TRACING_OTLP,
        new Sample(
            "http://o.example/v1/traces",
            c -> c.tracing().collector(),
            Optional.of(URI.create("http://o.example/v1/traces"))));
    samples.put(Setting.TRACING_PERMILLE, new Sample("7", c -> c.tracing().permille(), 7));
    samples.put(Setting.SNAPSHOT_EVERY, new Sample("50", NodeConfig::snapshotEvery, 50L));
    samples.put(
        Setting.SHUTDOWN_GRACE, new Sample("PT0S", NodeConfig::shutdownGrace, Duration.ZERO));
    return samples;
  }

  private static Sample sample(Setting setting) {
    return Objects.requireNonNull(SAMPLES.get(setting), setting.key());
  }

  private static NodeConfig defaults() {
    return new ConfigLoader(Map.of(), Map.of()).load();
  }

  private NodeConfig fromFile(String yaml) {
    try {
      return new ConfigLoader(Map.of(), Map.of())
          .load(Files.writeString(folder.resolve("phalanx.yaml"), yaml));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> faults(String yaml) {
    return catchThrowableOfType(ConfigFaultException.class, () -> fromFile(yaml)).faults();
  }

  private static List<String> faults(Map<String, String> environment, Map<String, String> flags) {
    return catchThrowableOfType(
            ConfigFaultException.class, () -> new ConfigLoader(environment, flags).load())
        .faults();
  }

  @Nested
  class Defaults {
    @Test
    void areOneNodeOnLoopbackInOpenModeWithItsOwnStore() {
      NodeConfig config = defaults();

      assertThat(config.listen()).isEqualTo(new NodeConfig.Listen("127.0.0.1", 8080));
      assertThat(config.auth()).isEqualTo(NodeConfig.Auth.OPEN);
      assertThat(config.data()).isEqualTo(Path.of("data"));
      assertThat(config.isEmbedded()).isTrue();
      assertThat(config.payoutUrl()).isEmpty();
      assertThat(config.settlementPeriod()).isEmpty();
      assertThat(config.http().requestDeadline()).isEqualTo(Duration.ofSeconds(12));
      assertThat(config.rounds().batchingWindow()).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void areTheSameForAnEmptyFile() {
      assertThat(fromFile("")).isEqualTo(defaults());
      assertThat(fromFile("# nothing\n")).isEqualTo(defaults());
    }
  }

  @Nested
  class EveryKey {
    @ParameterizedTest
    @EnumSource
    void isReadFromTheFile(Setting setting) {
      String text = sample(setting).text();
      String[] levels = setting.key().split("\\.", -1);
      String nested =
          levels.length == 1
              ? "%s: '%s'".formatted(levels[0], text)
              : "%s:\n  %s: '%s'".formatted(levels[0], levels[1], text);

      assertChangesOnly(setting, fromFile(nested));
    }

    @ParameterizedTest
    @EnumSource
    void isReadFromTheEnvironment(Setting setting) {
      Map<String, String> environment =
          Map.of(setting.environmentName(), sample(setting).text(), "PATH", "/bin");

      assertChangesOnly(setting, new ConfigLoader(environment, Map.of()).load());
    }

    @ParameterizedTest
    @EnumSource
    void isReadFromFlags(Setting setting) {
      Map<String, String> flags = Map.of(setting.key(), sample(setting).text());

      assertChangesOnly(setting, new ConfigLoader(Map.of(), flags).load());
    }

    @ParameterizedTest
    @EnumSource
    void isNamedWhenItsValueIsWrong(Setting setting) {
      boolean isPath =
          setting == Setting.DATA
              || setting == Setting.SIGNING_KEY
              || setting == Setting.PAYOUT_FOLDER
              || setting == Setting.CLUSTER_SECRET_FILE;
      String wrong = isPath ? " " : "not (a) value";
      List<String> faults = faults(Map.of(), Map.of(setting.key(), wrong));

      assertThat(faults).allMatch(fault -> fault.startsWith(setting.key() + " (given"));
    }

    private static void assertChangesOnly(Setting setting, NodeConfig config) {
      SAMPLES.forEach(
          (other, sample) -> {
            Object expected =
                other == setting ? sample.value() : sample.accessor().apply(defaults());
            assertThat(sample.accessor().apply(config)).as(other.key()).isEqualTo(expected);
          });
      assertThat(config).isNotEqualTo(defaults());
    }
  }

  @Nested
  class Precedence {
    @Test
    void isFlagsThenEnvironmentThenFile() throws IOException {
      Path file =
          Files.writeString(
              folder.resolve("phalanx.yaml"), "cell: file\nnode-id: file\nlisten: {port: 1}\n");
      NodeConfig config =
          new ConfigLoader(
                  Map.of("PHALANX_CELL", "environment", "PHALANX_NODE_ID", "environment"),
                  Map.of("cell", "flag"))
              .load(file);

      assertThat(config.cell()).isEqualTo("flag");
      assertThat(config.nodeId()).isEqualTo("environment");
      assertThat(config.listen().port()).isEqualTo(1);
    }
  }

  @Nested
  class AFault {
    @Test
    void isNamedWithAllOthersAtOnce() {
      List<String> faults =
          faults(
              """
              node-id: Node_1
              listen: {port: 70000, hots: localhost}
              colour: red
              rounds:
                time-limit: 5 s
              """);

      assertThat(faults)
          .hasSize(5)
          .anyMatch(f -> f.equals("colour: there is no such key"))
          .anyMatch(f -> f.equals("listen.hots: there is no such key"))
          .anyMatch(f -> f.startsWith("node-id: must be") && f.endsWith("not \"Node_1\""))
          .anyMatch(f -> f.startsWith("listen.port: must be an integer from 0 to 65535"))
          .anyMatch(f -> f.startsWith("rounds.time-limit: must be an ISO 8601 duration"));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            'cell: a\ncell: b'                        | cell
            'listen: {port: 1}\nlisten: {host: h}'    | listen
            'listen: {port: 1}\nlisten.port: 2'       | listen.port: is there twice
            'cell:'                                   | cell: has no value
            'cell: [a, b]'                            | cell: must be one value
            'cell: {a: b}'                            | cell: must be one value
            'listen: 8080'                            | listen: there is no such key
            '- cell'                                  | must consist of keys and values
            'cell: a\n---\ncell: b'                   | phalanx.yaml
            'cell: "'                                 | phalanx.yaml
            """)
    void isFoundInTheShapeOfAFile(String yaml, String fault) {
      assertThat(faults(yaml.replace("\\n", "\n")))
          .singleElement()
          .asString()
          .contains(fault)
          .doesNotContain("\n");
    }

    @Test
    void isAFileThatIsNotThere() {
      ConfigLoader loader = new ConfigLoader(Map.of(), Map.of());

      assertThat(
              catchThrowableOfType(
                  ConfigFaultException.class, () -> loader.load(folder.resolve("none.yaml"))))
          .hasMessageContaining("none.yaml");
    }

    @Test
    void isAVariableThatNoKeyHas() {
      assertThat(faults(Map.of("PHALANX_LISTNE_PORT", "1"), Map.of()))
          .containsExactly("PHALANX_LISTNE_PORT: no key has this variable");
    }

    @Test
    void isNotAVariableOfTheCommandLineOrOfKubernetes() {
      Map<String, String> environment =
          Map.of(
              "PHALANX_CONFIG", "x",
              "PHALANX_JAVA_OPTS", "-Xmx1g",
              "PHALANX_PORT", "tcp://10.0.0.1:8080",
              "PHALANX_SERVICE_HOST", "10.0.0.1");

      assertThat(new ConfigLoader(environment, Map.of()).load()).isEqualTo(defaults());
    }

    @Test
    void doesNotRepeatWhatMayBeASecret() {
      assertThat(faults(Map.of(), Map.of("store", "jdbc:mysql://u:hunter2@h/d")))
          .singleElement()
          .asString()
          .startsWith("store (given")
          .doesNotContain("hunter2");
      assertThat(faults(Map.of(), Map.of("payout.url", "https://u:hunter2@h/d")))
          .singleElement()
          .asString()
          .startsWith("payout.url (given")
          .doesNotContain("hunter2");
    }
  }

  @Nested
  class OpenMode {
    @ParameterizedTest
    @CsvSource({"0.0.0.0", "192.168.1.4", "::", "example.org", "127.0.0.1.example.org"})
    void refusesToListenBeyondLoopback(String host) {
      assertThat(faults(Map.of(), Map.of("listen.host", host)))
          .singleElement()
          .asString()
          .contains("listen.host")
          .contains("auth: keys");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1", "127.9.9.9", "localhost", "::1"})
    void listensOnLoopback(String host) {
      NodeConfig config = new ConfigLoader(Map.of(), Map.of("listen.host", host)).load();

      assertThat(config.listen().host()).isEqualTo(host);
    }

    @Test
    void isLeftByAskingForKeys() {
      NodeConfig config =
          new ConfigLoader(Map.of(), Map.of("listen.host", "0.0.0.0", "auth", "keys")).load();

      assertThat(config.listen().host()).isEqualTo("0.0.0.0");
    }
  }

  @Nested
  class TheTableInTheDocs {
    @Test
    void isTheOneInTheCode() throws IOException {
      StringBuilder table = new StringBuilder("| key | environment | default | meaning |\n");
      table.append("| --- | --- | --- | --- |\n");
      for (Setting setting : Setting.values()) {
        String value = setting.defaultValue();
        table.append(
            "| `%s` | `%s` | %s | %s |\n"
                .formatted(
                    setting.key(),
                    setting.environmentName(),
                    value.isEmpty() ? "" : "`" + value + "`",
                    setting.meaning()));
      }

      assertThat(Files.readString(Path.of("../docs/reference/settings.md")))
          .endsWith("\n\n" + table);
    }

    @Test
    void hasNoTwoKeysOfOneVariable() {
      Set<String> names = new HashSet<>();
      Map<String, Setting> byName = new TreeMap<>();
      for (Setting setting : Setting.values()) {
        assertThat(names.add(setting.environmentName())).as(setting.key()).isTrue();
        byName.put(setting.key(), setting);
      }

      assertThat(byName).hasSameSizeAs(Setting.values());
      assertThat(byName.keySet()).allMatch(key -> key.matches("[a-z]+(-[a-z]+)*(\\.[a-z-]+)?"));
      assertThat(SAMPLES.keySet().stream().map(Setting::key).collect(Collectors.toSet()))
          .isEqualTo(byName.keySet());
    }
  }
}
