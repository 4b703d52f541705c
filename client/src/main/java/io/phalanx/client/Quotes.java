package io.phalanx.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks for firm prices, takes them, gives them back. */
public final class Quotes {
  private static final String PATH = "/v1/quotes";

  private final PhalanxClient client;

  Quotes(PhalanxClient client) {
    this.client = client;
  }

  /**
   * Asks for one, and waits for the round that decides it.
   *
   * @param request the fields of a deployment request
   * @param validFor how long it shall stand; empty for as long as may be
   * @param idempotencyKey the same for every repetition of this request, of no other
   * @throws RefusedException with the problem {@code not-placeable} when no miners can be held
   */
  public Quote ask(JsonNode request, Optional<Duration> validFor, String idempotencyKey)
      throws RefusedException, UnreachableException, InterruptedException {
    JsonNode body = request;
    if (validFor.isPresent() && request instanceof ObjectNode fields) {
      body = fields.deepCopy().put("validFor", validFor.get().toString());
    }
    return Quote.of(client.create(PATH, body, idempotencyKey));
  }

  /** The quote as it stands. */
  public Quote get(String id) throws RefusedException, UnreachableException, InterruptedException {
    return Quote.of(client.get(path(id)));
  }

  /**
   * The newest quotes.
   *
   * @param filters such as {@code state} with values by comma
   * @param most how many at most
   */
  public List<Quote> list(Map<String, String> filters, int most)
      throws RefusedException, UnreachableException, InterruptedException {
    return client.list(PATH, filters, most).stream().map(Quote::of).toList();
  }

  /** Gives it back: its miners and its budget are free at once. */
  public Quote withdraw(String id)
      throws RefusedException, UnreachableException, InterruptedException {
    return Quote.of(client.delete(path(id)));
  }

  /**
   * Takes it, once: the deployment is placed at once, on its terms.
   *
   * @param name of the deployment; empty for that of the quote's request
   * @param idempotencyKey the same for every repetition of this request, of no other
   */
  public Deployment redeem(String id, Optional<String> name, String idempotencyKey)
      throws RefusedException, UnreachableException, InterruptedException {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("quote", id);
    name.ifPresent(given -> body.put("name", given));
    return client.deployments().create(body, idempotencyKey);
  }

  private static String path(String id) {
    return PATH + "/" + PhalanxClient.segment(id);
  }
}
