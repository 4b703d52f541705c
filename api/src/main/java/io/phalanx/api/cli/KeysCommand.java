package io.phalanx.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.client.PhalanxClient;
import io.phalanx.client.RefusedException;
import io.phalanx.client.UnreachableException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code phalanx keys}: issues, lists and revokes the API keys of a running service. */
@Command(
    name = "keys",
    description = "Issues, lists and revokes API keys; needs an admin's key.",
    mixinStandardHelpOptions = true,
    subcommands = {KeysCommand.Create.class, KeysCommand.Listing.class, KeysCommand.Revoke.class})
final class KeysCommand {
  private static final String KEYS = "/v1/keys";

  /** {@code phalanx keys create}. */
  @Command(
      name = "create",
      description = "Issues a key and shows it this once.",
      mixinStandardHelpOptions = true)
  static final class Create extends RemoteCommand {
    @Option(
        names = "--role",
        paramLabel = "ROLE",
        required = true,
        completionCandidates = Choices.Roles.class,
        description = "developer, operator, miner, payout or admin.")
    private String role = "";

    @Option(
        names = "--name",
        paramLabel = "NAME",
        required = true,
        description = "The developer or operator it acts for; of a miner its id.")
    private String name = "";

    @Option(
        names = "--public-key",
        paramLabel = "HEX",
        description = "Ed25519; its holder signs, and there is no secret.")
    private @Nullable String publicKey;

    @Override
    void run(PhalanxClient client)
        throws BadUsageException, RefusedException, UnreachableException, InterruptedException {
      new Choices.Roles().check("--role", role);
      ObjectNode body = JsonNodeFactory.instance.objectNode().put("role", role).put("name", name);
      if (publicKey != null) {
        body.put("publicKey", publicKey);
      }
      JsonNode issued = client.post(KEYS, body);
      String secret =
          issued.path("key").isTextual()
              ? issued.path("key").asText()
              : "signs with " + issued.path("publicKey").asText();
      say(issued.path("id").asText() + " " + secret, issued);
    }
  }

  /** {@code phalanx keys list}. */
  @Command(
      name = "list",
      description = "Lists the keys, the newest first; never their secrets.",
      mixinStandardHelpOptions = true)
  static final class Listing extends RemoteCommand {
    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "1000",
        description = "At most so many (${DEFAULT-VALUE}).")
    private int limit;

    @Override
    void run(PhalanxClient client)
        throws BadUsageException, RefusedException, UnreachableException, InterruptedException {
      show(
          client.list(KEYS, Map.of(), checkedLimit(limit)),
          "id",
          "role",
          "name",
          "createdAt",
          "revokedAt");
    }
  }

  /** {@code phalanx keys revoke}. */
  @Command(
      name = "revoke",
      description = "Takes a key back; its streams end.",
      mixinStandardHelpOptions = true)
  static final class Revoke extends RemoteCommand {
    @Parameters(paramLabel = "ID", description = "Which key: its id, not its secret.")
    private String id = "";

    @Override
    void run(PhalanxClient client)
        throws RefusedException, UnreachableException, InterruptedException {
      JsonNode revoked = client.delete(KEYS + "/" + PhalanxClient.segment(id));
      say(id + " revoked " + revoked.path("revokedAt").asText(), revoked);
    }
  }
}
