package io.phalanx.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.phalanx.client.PhalanxClient;
import io.phalanx.client.RefusedException;
import io.phalanx.client.UnreachableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code phalanx receipts}: what was charged, and all that it takes to check it off line. */
@Command(
    name = "receipts",
    description = {
      "Shows a receipt, or lists them, the newest first.",
      "With --save it keeps the files that verify-receipt takes: of the receipt, or of the first"
          + " of the list."
    },
    mixinStandardHelpOptions = true)
final class ReceiptsCommand extends RemoteCommand {
  private static final String RECEIPTS = "/v1/receipts";

  @Parameters(arity = "0..1", paramLabel = "ID", description = "The receipt; none for a list.")
  private @Nullable String id;

  @Option(names = "--deployment", paramLabel = "ID", description = "Only of this deployment.")
  private @Nullable String deployment;

  @Option(names = "--miner", paramLabel = "ID", description = "Only of this miner.")
  private @Nullable String miner;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "At most so many (${DEFAULT-VALUE}).")
  private int limit;

  @Option(
      names = "--save",
      paramLabel = "DIR",
      description = "Keep receipt.json, proof.json, head.json and key.json there.")
  private @Nullable Path folder;

  @Override
  void run(PhalanxClient client)
      throws BadUsageException,
          NotDoneException,
          RefusedException,
          UnreachableException,
          InterruptedException {
    checkMiner("--miner", miner);
    if (folder != null) {
      save(client, folder);
    } else if (id != null) {
      show(client.get(RECEIPTS + "/" + PhalanxClient.segment(id)));
    } else {
      show(
          client.list(RECEIPTS, query(), checkedLimit(limit)),
          "id",
          "time",
          "deploymentId",
          "minerId",
          "gas",
          "gasPrice",
          "fee",
          "treasury");
    }
  }

  private Map<String, String> query() {
    Map<String, String> query = new LinkedHashMap<>();
    if (deployment != null) {
      query.put("deployment", deployment);
    }
    if (miner != null) {
      query.put("miner", miner);
    }
    return query;
  }

  private void save(PhalanxClient client, Path into)
      throws NotDoneException, RefusedException, UnreachableException, InterruptedException {
    String path = RECEIPTS + "/" + PhalanxClient.segment(id == null ? newest(client) : id);
    JsonNode head = client.get("/v1/log/head");
    JsonNode receipt = client.get(path);
    JsonNode proof = client.get(path + "/proof?treeSize=" + head.path("treeSize").asLong());
    JsonNode key = client.get("/v1/scheduler-key");
    try {
      Files.createDirectories(into);
      Files.writeString(into.resolve("receipt.json"), receipt.toPrettyString() + "\n");
      Files.writeString(into.resolve("proof.json"), proof.toPrettyString() + "\n");
      Files.writeString(into.resolve("head.json"), head.toPrettyString() + "\n");
      Files.writeString(into.resolve("key.json"), key.toPrettyString() + "\n");
    } catch (IOException e) {
      throw new NotDoneException("--save: cannot be written: " + into);
    }
    say(
        receipt.path("id").asText() + " and its proof are in " + into + "; check them with:",
        receipt);
    hint(
        "phalanx verify-receipt --receipt %1$s/receipt.json --proof %1$s/proof.json".formatted(into)
            + " --head %1$s/head.json --key %1$s/key.json".formatted(into));
  }

  private String newest(PhalanxClient client)
      throws NotDoneException, RefusedException, UnreachableException, InterruptedException {
    List<JsonNode> found = client.list(RECEIPTS, query(), 1);
    if (found.isEmpty()) {
      throw new NotDoneException("There is no such receipt yet.");
    }
    return found.get(0).path("id").asText();
  }
}
