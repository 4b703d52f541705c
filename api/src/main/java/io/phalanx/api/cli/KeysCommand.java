package io.phalanx.api.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code phalanx keys}: issues, lists and revokes the API keys of a running service. */
@Command(
    name = "keys",
    description = "Issues, lists and revokes API keys; needs an admin's key.",
    mixinStandardHelpOptions = true)
final class KeysCommand {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Command(name = "create", description = "Issues a key and shows it this once.")
  int create(
      @Mixin Service service,
      @Option(
              names = "--role",
              paramLabel = "ROLE",
              required = true,
              description = "developer, operator, miner, payout or admin.")
          String role,
      @Option(
              names = "--name",
              paramLabel = "NAME",
              required = true,
              description = "The developer or operator it acts for; of a miner its id.")
          String name,
      @Option(
              names = "--public-key",
              paramLabel = "HEX",
              description = "Ed25519; its holder signs, and there is no secret.")
          @Nullable String publicKey)
      throws InterruptedException {
    ObjectNode body = JSON.createObjectNode().put("role", role).put("name", name);
    if (publicKey != null) {
      body.put("publicKey", publicKey);
    }
    return service.call(
        "POST",
        "/v1/keys",
        body.toString(),
        issued ->
            issued.path("key").isString()
                ? issued.path("id").asString() + " " + issued.path("key").asString()
                : issued.path("id").asString() + " signs with " + publicKey);
  }

  @Command(name = "list", description = "Lists the keys, the newest first; never their secrets.")
  int list(@Mixin Service service) throws InterruptedException {
    String after = "";
    int code;
    do {
      JsonNode[] page = {JSON.createObjectNode()};
      code =
          service.call(
              "GET",
              "/v1/keys?limit=1000" + after,
              "",
              answer -> {
                page[0] = answer;
                return lines(answer);
              });
      String next = page[0].path("next").asString("");
      after = next.isEmpty() ? "" : "&after=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    } while (code == ExitCode.DONE && !after.isEmpty());
    return code;
  }

  private static String lines(JsonNode page) {
    StringBuilder lines = new StringBuilder();
    for (JsonNode key : page.path("items")) {
      String revoked = key.path("revokedAt").asString("");
      lines
          .append(lines.isEmpty() ? "" : System.lineSeparator())
          .append(key.path("id").asString())
          .append(' ')
          .append(key.path("role").asString())
          .append(' ')
          .append(key.path("name").asString())
          .append(revoked.isEmpty() ? "" : " revoked " + revoked);
    }
    return lines.toString();
  }

  @Command(name = "revoke", description = "Takes a key back; its streams end.")
  int revoke(
      @Mixin Service service,
      @Parameters(paramLabel = "ID", description = "Which key: its id, not its secret.") String id)
      throws InterruptedException {
    String path = "/v1/keys/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    return service.call(
        "DELETE", path, "", key -> id + " revoked " + key.path("revokedAt").asString());
  }

  /** What a client shows of an answer. */
  @FunctionalInterface
  interface Shown {
    String of(JsonNode answer);
  }

  /** The service that is asked, and with which key. */
  static final class Service {
    @Mixin private Output output = new Output();

    @Mixin private KeyFlags keys = new KeyFlags();

    @Option(
        names = "--url",
        paramLabel = "URL",
        defaultValue = "${env:PHALANX_URL:-http://127.0.0.1:8080}",
        description = "The service (${DEFAULT-VALUE}).")
    private URI url = URI.create("http://127.0.0.1:8080");

    int call(String method, String path, String body, Shown shown) throws InterruptedException {
      if (!keys.faults().isEmpty()) {
        keys.faults().forEach(output.err()::println);
        return ExitCode.USAGE;
      }
      try {
        HttpRequest.Builder request =
            HttpRequest.newBuilder(url.resolve(path))
                .timeout(PATIENCE)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
          request.header("Content-Type", "application/json");
        }
        keys.key().ifPresent(key -> request.header("Authorization", "Bearer " + key));
        return show(
            HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString()),
            shown);
      } catch (IOException | IllegalArgumentException unreachable) {
        output.err().println(url + " cannot be asked: " + unreachable);
        return ExitCode.FAILED;
      }
    }

    private int show(HttpResponse<String> response, Shown shown) {
      JsonNode answer;
      try {
        answer = JSON.readTree(response.body());
      } catch (JacksonException notOurs) {
        output.err().println("This is no answer of Phalanx: " + response.statusCode());
        return ExitCode.FAILED;
      }
      boolean done = response.statusCode() / 100 == 2;
      if (output.isJson()) {
        output.out().println(answer);
      } else if (done) {
        output.out().println(shown.of(answer));
      } else {
        output.err().println(response.statusCode() + " " + answer.path("detail").asString(""));
      }
      output.out().flush();
      return done ? ExitCode.DONE : ExitCode.FAILED;
    }
  }
}
