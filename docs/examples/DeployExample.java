import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.phalanx.client.Credentials;
import io.phalanx.client.PhalanxClient;
import io.phalanx.client.RefusedException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Asks what a deployment would get, deploys it, follows it until it runs, and ends it. */
public final class DeployExample {
  private static final Set<String> SETTLED = Set.of("Running", "Ended");

  private DeployExample() {}

  /** Takes the address of the service. */
  public static void main(String[] arguments) throws Exception {
    URI service = URI.create(arguments.length == 0 ? "http://127.0.0.1:8080" : arguments[0]);
    PhalanxClient client = new PhalanxClient(service, new Credentials.Developer("alice"));
    JsonNode request =
        new ObjectMapper()
            .readTree(
                """
                {"name": "from-java", "tiers": [1, 2, 3], "maxGasPrice": "1000",
                 "codeHash": "0x9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                 "budget": "5000000000000"}""");
    System.out.println(
        "it is " + client.post("/v1/deployments?dryRun=true", request).path("verdict").asText());

    // The same key for every repetition of this request: it is created once.
    String key = UUID.randomUUID().toString();
    JsonNode made = client.create("/v1/deployments", request, key);
    String path = "/v1/deployments/" + PhalanxClient.segment(made.path("id").asText());
    client.follow(
        path + "/events?kind=deployment",
        Optional.empty(),
        event -> {
          String state = event.data().path("state").asText();
          System.out.println("it is " + state);
          return !SETTLED.contains(state);
        });
    System.out.println("it is " + client.delete(path).path("state").asText());

    try {
      client.get("/v1/deployments/no-such");
    } catch (RefusedException refused) {
      System.out.println("refused with " + refused.status() + ": " + refused.getMessage());
    }
  }
}
