package io.phalanx.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Asks for contracts to run, follows them, changes and ends them. */
public final class Deployments {
  private static final String PATH = "/v1/deployments";

  private final PhalanxClient client;

  Deployments(PhalanxClient client) {
    this.client = client;
  }

  /** What the request would get now; nothing is kept. */
  public Explanation dryRun(JsonNode request)
      throws RefusedException, UnreachableException, InterruptedException {
    return Explanation.of(client.post(PATH + "?dryRun=true", request));
  }

  /**
   * Creates one, once however often it is sent.
   *
   * @param request the fields of the contract's deployment request, or a quote that is taken
   * @param idempotencyKey the same for every repetition of this request, of no other
   */
  public Deployment create(JsonNode request, String idempotencyKey)
      throws RefusedException, UnreachableException, InterruptedException {
    return Deployment.of(client.create(PATH, request, idempotencyKey));
  }

  /** The deployment with its assignments. */
  public Deployment get(String id)
      throws RefusedException, UnreachableException, InterruptedException {
    return Deployment.of(client.get(path(id)));
  }

  /**
   * The newest deployments, without assignments.
   *
   * @param filters such as {@code state} with values by comma, or {@code label}
   * @param most how many at most
   */
  public List<Deployment> list(Map<String, String> filters, int most)
      throws RefusedException, UnreachableException, InterruptedException {
    return client.list(PATH, filters, most).stream().map(Deployment::of).toList();
  }

  /** Changes fields of it, by a merge patch. */
  public Deployment patch(String id, JsonNode patch)
      throws RefusedException, UnreachableException, InterruptedException {
    return Deployment.of(client.patch(path(id), patch));
  }

  /** Cancels or ends it; what is not spent is released. */
  public Deployment end(String id)
      throws RefusedException, UnreachableException, InterruptedException {
    return Deployment.of(client.delete(path(id)));
  }

  /**
   * Why it is where it is.
   *
   * @param miner why (not) this miner as well
   */
  public Explanation explain(String id, Optional<String> miner)
      throws RefusedException, UnreachableException, InterruptedException {
    Map<String, String> query = miner.map(which -> Map.of("miner", which)).orElse(Map.of());
    return Explanation.of(client.get(PhalanxClient.withQuery(path(id) + "/explanation", query)));
  }

  /**
   * Follows it from its present state on, over broken connections, until {@code goesOn} says that
   * it is enough or it has ended.
   */
  public void follow(String id, Predicate<Deployment> goesOn)
      throws RefusedException, UnreachableException, InterruptedException {
    client.stream(
        path(id) + "/events?kind=deployment",
        event -> {
          Deployment deployment = Deployment.of(event.data());
          return goesOn.test(deployment) && !deployment.hasEnded();
        });
  }

  private static String path(String id) {
    return PATH + "/" + PhalanxClient.segment(id);
  }
}
