import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.phalanx.client.Credentials;
import io.phalanx.client.Deployment;
import io.phalanx.client.Deployments;
import io.phalanx.client.PhalanxClient;
import io.phalanx.client.Quote;
import io.phalanx.client.RefusedException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Asks what a deployment would get, deploys it, follows it until it runs, and ends it. */
public final class DeployExample {
  private DeployExample() {}

  /** Takes the address of the service. */
  public static void main(String[] arguments) throws Exception {
    URI service = URI.create(arguments.length == 0 ? "http://127.0.0.1:8080" : arguments[0]);
    PhalanxClient client = new PhalanxClient(service, new Credentials.Developer("alice"));
    Deployments deployments = client.deployments();
    JsonNode request =
        new ObjectMapper()
            .readTree(
                """
                {"name": "from-java", "tiers": [1, 2, 3], "maxGasPrice": "1000",
                 "codeHash": "0x9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                 "budget": "5000000000000"}""");
    System.out.println("it is " + deployments.dryRun(request).verdict());

    // The same key for every repetition of this request: it is created once.
    Deployment made = deployments.create(request, UUID.randomUUID().toString());
    deployments.follow(
        made.id(),
        now -> {
          System.out.println("it is " + now.state());
          return !now.state().equals("Running");
        });
    System.out.println("it is " + deployments.end(made.id()).state());

    try {
      Quote quote =
          client
              .quotes()
              .ask(request, Optional.of(Duration.ofMinutes(2)), UUID.randomUUID().toString());
      System.out.println("firm until " + quote.expiresAt() + ": " + quote.replicas());
    } catch (RefusedException refused) { // no miner may be held for it now
      System.out.println("refused with " + refused.status() + ": " + refused.problem());
    }
  }
}
