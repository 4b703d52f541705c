package io.phalanx.simulator.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.phalanx.simulator.http.Answer;
import io.phalanx.simulator.http.Call;
import io.phalanx.simulator.http.Json;
import io.phalanx.simulator.http.ServiceClient;
import io.vertx.core.Future;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks the service, over HTTP as anyone could, for everything in a {@link LedgerOfAnswers}: each
 * acknowledged write must be there, and once. Used from one event loop, after the load has ended.
 */
public final class LedgerCheck {
  private static final int PAGE = 1_000;
  private static final int AT_A_TIME = 16;

  private final ServiceClient client;
  private final LedgerOfAnswers ledger;
  private final int gasChecked;
  private final List<String> lost = new ArrayList<>();
  private final List<String> doubled = new ArrayList<>();
  private final List<String> unchecked = new ArrayList<>();
  private long checked;

  /**
   * A check that has not run.
   *
   * @param gasChecked of so many deployments at most the gas is compared, evenly chosen
   */
  public LedgerCheck(ServiceClient client, LedgerOfAnswers ledger, int gasChecked) {
    this.client = client;
    this.ledger = ledger;
    this.gasChecked = gasChecked;
  }

  public Future<LedgerVerdict> run() {
    ledger.doubled().forEach(what -> name(doubled, what));
    if (ledger.leftOut() > 0) {
      name(unchecked, ledger.leftOut() + " writes beyond the ledger's limit");
    }
    return miners()
        .compose(done -> deployments())
        .compose(done -> accounts())
        .compose(done -> gas())
        .map(done -> new LedgerVerdict(checked, lost, doubled, unchecked));
  }

  private Future<Void> miners() {
    Set<String> missing = new LinkedHashSet<>(ledger.miners().keySet());
    checked += missing.size();
    if (missing.isEmpty()) {
      return Future.succeededFuture();
    }
    return pages("/v1/miners?", "", item -> missing.remove(item.path("minerId").asText()))
        .compose(done -> lookUp(missing, id -> Call.get("/v1/miners/" + id), "miner "));
  }

  private Future<Void> deployments() {
    Set<String> developers =
        ledger.deployments().values().stream()
            .map(Acknowledged::owner)
            .collect(Collectors.toCollection(TreeSet::new));
    checked += ledger.deployments().size();
    return each(developers, this::deploymentsOf);
  }

  /** Names are unique over runs, so two deployments of one name are one request done twice. */
  private Future<Void> deploymentsOf(String developer) {
    Set<String> missing = new LinkedHashSet<>();
    Set<String> names = new HashSet<>();
    for (Acknowledged one : ledger.deployments().values()) {
      if (one.owner().equals(developer)) {
        missing.add(one.id());
        names.add(one.key());
      }
    }
    Map<String, String> idByName = new HashMap<>();
    Consumer<JsonNode> item =
        deployment -> {
          String id = deployment.path("id").asText();
          String name = deployment.path("name").asText();
          missing.remove(id);
          String other = names.contains(name) ? idByName.putIfAbsent(name, id) : null;
          if (other != null && !other.equals(id)) {
            name(doubled, "deployment " + name + " is there as " + other + " and as " + id);
          }
        };
    return pages("/v1/deployments?", developer, item)
        .compose(
            done ->
                lookUp(
                    missing, id -> Call.get("/v1/deployments/" + id).by(developer), "deployment "));
  }

  private Future<Void> accounts() {
    return each(ledger.funds().keySet(), this::account);
  }

  private Future<Void> account(String developer) {
    checked++;
    return ask(Call.get("/v1/accounts/" + developer).by(developer))
        .onSuccess(answer -> compare(developer, answer))
        .mapEmpty();
  }

  private void compare(String developer, Answer answer) {
    Funds funds = ledger.funds().get(developer);
    if (!answer.ok() || funds == null) {
      name(unchecked, "account " + developer + ": " + answer.status());
      return;
    }
    JsonNode json = answer.json();
    BigInteger total =
        Json.amount(json.path("available"))
            .add(Json.amount(json.path("held")))
            .add(Json.amount(json.path("spent")));
    if (total.compareTo(funds.least()) < 0) {
      name(lost, "account " + developer + " holds " + total + ", not " + funds.least());
    } else if (total.compareTo(funds.most()) > 0) {
      name(doubled, "account " + developer + " holds " + total + ", not " + funds.most());
    }
  }

  private Future<Void> gas() {
    Map<String, Map<String, GasCharged>> byDeployment = new LinkedHashMap<>();
    ledger
        .gas()
        .forEach(
            (assignment, charged) ->
                byDeployment
                    .computeIfAbsent(charged.deploymentId(), id -> new HashMap<>())
                    .put(assignment, charged));
    List<String> ids = new ArrayList<>(byDeployment.keySet());
    List<String> sample = new ArrayList<>();
    int count = Math.min(gasChecked, ids.size());
    for (int i = 0; i < count; i++) {
      sample.add(ids.get((int) ((long) i * ids.size() / count)));
    }
    return each(sample, id -> gasOf(id, byDeployment.getOrDefault(id, Map.of())));
  }

  private Future<Void> gasOf(String deployment, Map<String, GasCharged> expected) {
    checked += expected.size();
    Acknowledged owner = ledger.deployments().get(deployment);
    Call call = Call.get("/v1/deployments/" + deployment + "/gas");
    return ask(owner == null ? call : call.by(owner.owner()))
        .onSuccess(
            answer -> {
              if (!answer.ok()) {
                name(unchecked, "gas of " + deployment + ": " + answer.status());
                return;
              }
              Map<String, BigInteger> charged = new HashMap<>();
              for (JsonNode one : answer.json().path("assignments")) {
                charged.put(one.path("id").asText(), Json.amount(one.path("charged")));
              }
              expected.forEach((id, gas) -> compare(id, gas, charged.get(id)));
            })
        .mapEmpty();
  }

  private void compare(String assignment, GasCharged expected, @Nullable BigInteger there) {
    BigInteger charged = there == null ? BigInteger.ZERO : there;
    BigInteger most = BigInteger.valueOf(expected.sent()).multiply(expected.gasPrice());
    if (charged.compareTo(expected.charged()) < 0) {
      name(
          lost,
          "assignment "
              + assignment
              + " charged "
              + charged
              + ", answered was "
              + expected.charged());
    } else if (charged.compareTo(most) > 0) {
      name(doubled, "assignment " + assignment + " charged " + charged + " of at most " + most);
    }
  }

  /** What no list shows may still be there on its own: only a 404 is a loss. */
  private Future<Void> lookUp(Collection<String> ids, Function<String, Call> call, String what) {
    return each(
        ids,
        id ->
            ask(call.apply(id))
                .onSuccess(
                    answer -> {
                      if (answer.status() == 404) {
                        name(lost, what + id);
                      } else if (!answer.ok()) {
                        name(unchecked, what + id + ": " + answer.status());
                      }
                    })
                .mapEmpty());
  }

  private Future<Void> pages(String path, String developer, Consumer<JsonNode> item) {
    return page(path, developer, item, "");
  }

  private Future<Void> page(String path, String developer, Consumer<JsonNode> item, String after) {
    String cursor = after.isEmpty() ? "" : "&after=" + encoded(after);
    return ask(Call.get(path + "limit=" + PAGE + cursor).by(developer))
        .compose(
            answer -> {
              if (!answer.ok()) {
                name(unchecked, path + " " + answer.status());
                return Future.succeededFuture();
              }
              JsonNode json = answer.json();
              json.path("items").forEach(item);
              String next = json.path("next").asText("");
              return json.path("next").isTextual() && !next.equals(after)
                  ? page(path, developer, item, next)
                  : Future.succeededFuture();
            });
  }

  private static String encoded(String cursor) {
    return URLEncoder.encode(cursor, StandardCharsets.UTF_8);
  }

  private Future<Answer> ask(Call call) {
    return client
        .send(call.atLeast(ledger.highestPosition()))
        .recover(failure -> Future.succeededFuture(Answer.unanswered()));
  }

  /** Does one after the other, in a few lanes. */
  private static <T> Future<Void> each(Collection<T> items, Function<T, Future<Void>> action) {
    Deque<T> left = new ArrayDeque<>(items);
    List<Future<Void>> lanes = new ArrayList<>();
    for (int lane = 0; lane < AT_A_TIME; lane++) {
      lanes.add(next(left, action));
    }
    return Future.all(lanes).mapEmpty();
  }

  private static <T> Future<Void> next(Deque<T> left, Function<T, Future<Void>> action) {
    T item = left.poll();
    return item == null
        ? Future.succeededFuture()
        : action.apply(item).compose(done -> next(left, action));
  }

  private static void name(List<String> where, String what) {
    if (where.size() < LedgerVerdict.NAMED) {
      where.add(what);
    }
  }
}
