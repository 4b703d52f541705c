package io.phalanx.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.api.support.Signer;
import io.phalanx.api.support.Tenants;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class KeysCommandTest {
  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Tenants tenants;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void start() {
    tenants = Tenants.start(folder.resolve("data"), Map.of());
  }

  @AfterEach
  void stop() {
    tenants.close();
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("keys"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--url", tenants.node().node().url()));
    out.getBuffer().setLength(0);
    CommandLine line = PhalanxCommand.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(all.toArray(String[]::new));
  }

  private JsonNode json() {
    return new ObjectMapper().readTree(out.toString());
  }

  @Nested
  class Create {
    @Test
    void showsAKeyThatOpens() {
      int code = run("create", "--role", "developer", "--name", "acme", "--key", tenants.admin());
      assertThat(code).as(err.toString()).isZero();
      String key = out.toString().strip().split(" ", -1)[1];
      assertThat(tenants.call(key, "GET", "/v1/accounts/acme", "").status()).isEqualTo(200);
    }

    @Test
    void takesAPublicKey() throws IOException {
      Path file = Files.writeString(folder.resolve("admin.key"), tenants.admin() + "\n");
      Signer bank = Signer.of("bank");
      int code =
          run(
              "create",
              "--role",
              "payout",
              "--name",
              "bank",
              "--public-key",
              bank.keyId(),
              "--key-file",
              file.toString(),
              "--json");
      assertThat(code).as(err.toString()).isZero();
      assertThat(json().path("publicKey").asString()).isEqualTo(bank.keyId());
      assertThat(tenants.signed(bank, "GET", "/v1/settlements", "").status()).isEqualTo(200);
    }

    @Test
    void endsWithOneWhenItIsRefused() {
      assertThat(run("create", "--role", "admin", "--name", "a", "--key", "phx_wrong"))
          .isEqualTo(ExitCode.FAILED);
      assertThat(err.toString()).contains("revoked");
    }

    @Test
    void endsWithTwoWhenItIsNotUnderstood() {
      assertThat(run("create", "--role", "admin")).isEqualTo(ExitCode.USAGE);
      assertThat(run("create", "--role", "king", "--name", "a", "--key", tenants.admin()))
          .isEqualTo(ExitCode.USAGE);
      assertThat(run("create", "--role", "admin", "--name", "a", "--key-file", "/no/such/file"))
          .isEqualTo(ExitCode.USAGE);
    }
  }

  @Nested
  class Revoke {
    @Test
    void endsAKeyAndTheListSaysSo() {
      String id = tenants.issue("developer", "acme").text("id");
      assertThat(run("revoke", id, "--key", tenants.admin())).isZero();
      assertThat(run("list", "--key", tenants.admin())).isZero();
      assertThat(out.toString()).containsPattern(id + " +developer +acme +\\S+Z +\\S+Z");
      assertThat(run("revoke", "k-none", "--key", tenants.admin())).isEqualTo(ExitCode.FAILED);
    }
  }

  @Nested
  class ListKeys {
    @Test
    void areALineOfJsonEach() {
      assertThat(run("list", "--json", "--key", tenants.admin())).isZero();
      assertThat(json().path("role").asString()).isEqualTo("admin");
    }
  }
}
