package io.phalanx.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.phalanx.simulator.developer.DeveloperAgent;
import io.phalanx.simulator.http.Answer;
import io.phalanx.simulator.http.Call;
import io.phalanx.simulator.http.Json;
import io.phalanx.simulator.http.RetryPolicy;
import io.phalanx.simulator.http.ServiceClient;
import io.phalanx.simulator.stats.Count;
import io.phalanx.simulator.stats.Statistics;
import io.vertx.core.Future;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the run looks like at this second, in one line: the network's word and our own counts. */
final class ConsoleLine {
  private static final int NEWEST = 50;
  private static final BigInteger MICRO_PHA = BigInteger.TEN.pow(6);

  private final ServiceClient client;
  private final Statistics statistics;
  private final List<DeveloperAgent> developers;
  private long newestSettlement;
  private BigInteger settled = BigInteger.ZERO;

  ConsoleLine(ServiceClient client, Statistics statistics, List<DeveloperAgent> developers) {
    this.client = client;
    this.statistics = statistics;
    this.developers = developers;
  }

  /** Asks the network, then writes the line; what does not answer shows as a question mark. */
  Future<String> write(long seconds) {
    return ask("/v1/network")
        .compose(network -> ask("/v1/settlements?limit=" + NEWEST).map(list -> add(list, network)))
        .map(network -> line(seconds, network));
  }

  private Future<Answer> ask(String path) {
    return client
        .send(Call.get(path), RetryPolicy.ONCE)
        .recover(failure -> Future.succeededFuture(Answer.unanswered()));
  }

  private JsonNode add(Answer list, Answer network) {
    long newest = newestSettlement;
    for (JsonNode item : list.json().path("items")) {
      long number = item.path("number").asLong();
      if (number > newestSettlement) {
        settled = settled.add(Json.amount(item.path("total")));
        newest = Math.max(newest, number);
      }
    }
    newestSettlement = newest;
    return network.json();
  }

  private String line(long seconds, JsonNode network) {
    return String.format(
        Locale.ROOT,
        "%4ds  miners %s  pending %d  placed %d  running %d  degraded %d  accepted %d"
            + "  gas %s  settled %s PHA (%d)  p99 %.1f ms",
        seconds,
        miners(network),
        count("Pending"),
        count("Placed"),
        count("Running"),
        count("Degraded"),
        statistics.get(Count.DEPLOYMENTS),
        shortened(statistics.get(Count.GAS_CHARGED)),
        settled.divide(MICRO_PHA).doubleValue() / 1e6,
        newestSettlement,
        statistics.acceptedToPlacedMs().p99());
  }

  private int count(String state) {
    return developers.stream().mapToInt(developer -> developer.count(state)).sum();
  }

  private static String miners(JsonNode network) {
    Map<String, Long> byState = new TreeMap<>();
    JsonNode miners = network.path("miners");
    JsonNode states = miners.path("byState").isObject() ? miners.path("byState") : miners;
    states.fields().forEachRemaining(one -> byState.put(one.getKey(), one.getValue().asLong()));
    return byState.isEmpty() ? "?" : byState.toString();
  }

  private static String shortened(long gas) {
    return gas < 1_000_000 ? Long.toString(gas) : String.format(Locale.ROOT, "%.3fG", gas / 1e9);
  }
}
