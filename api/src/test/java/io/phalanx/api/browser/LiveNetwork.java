package io.phalanx.api.browser;

import io.phalanx.api.support.ServedNode;
import io.phalanx.simulator.Pace;
import io.phalanx.simulator.Population;
import io.phalanx.simulator.Simulation;
import io.phalanx.simulator.SimulationOptions;
import io.phalanx.simulator.payout.PayoutEndpoint;
import io.phalanx.simulator.payout.PayoutFaults;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/**
 * A whole service with simulated miners, developers and a payout layer that go on until the end.
 */
final class LiveNetwork implements AutoCloseable {
  private static final int MINERS = 60;
  private static final double DEPLOYMENTS_A_SECOND = 1;
  private static final Duration LONG = Duration.ofHours(1);

  private final ServedNode node;
  private final PayoutEndpoint payout;
  private final CompletableFuture<Void> stop = new CompletableFuture<>();
  private final Thread simulation;

  private LiveNetwork(ServedNode node, PayoutEndpoint payout) {
    this.node = node;
    this.payout = payout;
    this.simulation = new Thread(this::simulate, "live-network");
    simulation.start();
  }

  /** Starts one and waits for its first receipt and its first delivered settlement. */
  static LiveNetwork start(Path folder) {
    PayoutEndpoint payout = PayoutEndpoint.open(0, PayoutFaults.NONE);
    ServedNode node =
        ServedNode.start(
            folder, Map.of("settlement-period", "PT2S", "payout.url", payout.url().toString()));
    LiveNetwork network = new LiveNetwork(node, payout);
    node.await("/v1/receipts", page -> !page.path("items").isEmpty());
    node.await("/v1/settlements", page -> !page.path("items").isEmpty());
    return network;
  }

  private void simulate() {
    SimulationOptions options =
        SimulationOptions.of(URI.create(url()), 1, "browser")
            .with(Population.drawn(MINERS, DEPLOYMENTS_A_SECOND, 1))
            .with(Pace.of(LONG, 1));
    try {
      Simulation.run(options, Optional.of(payout), stop);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The id of a quote that stands for minutes; a new one when there is none. */
  String quote() {
    JsonNode open = node.get("/v1/quotes?state=Offered").json().path("items");
    return open.isEmpty() ? quote("") : open.path(0).path("id").asString();
  }

  /** The id of a new quote, for one miner, with further fields in its request. */
  String quote(String more) {
    String request = ServedNode.request(more).replace("[1, 2, 3]", "[1, 2, 3, 4, 5]");
    ServedNode.Reply reply = node.post("/v1/quotes", request);
    if (reply.status() != 201) {
      throw new AssertionError(reply.response().body());
    }
    return reply.text("id");
  }

  ServedNode node() {
    return node;
  }

  String url() {
    return "http://127.0.0.1:" + node.port();
  }

  @Override
  public void close() {
    stop.complete(null);
    try {
      simulation.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    node.close();
    payout.close();
  }
}
