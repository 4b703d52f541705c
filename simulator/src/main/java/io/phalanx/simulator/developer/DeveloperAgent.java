package io.phalanx.simulator.developer;

import com.fasterxml.jackson.databind.JsonNode;
import io.phalanx.simulator.http.Answer;
import io.phalanx.simulator.http.Call;
import io.phalanx.simulator.http.Json;
import io.phalanx.simulator.http.ServerEvent;
import io.phalanx.simulator.shape.DeploymentSpec;
import io.phalanx.simulator.stats.Count;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** One simulated developer: deposits, posts deployments, changes and ends some of them. */
public final class DeveloperAgent {
  private static final BigInteger DEPOSIT = BigInteger.TEN.pow(15);

  /** What the service gives everybody in open mode is deposited where it asks for keys. */
  private static final BigInteger ENDOWMENT = BigInteger.TEN.pow(24);

  private static final int CATCH_UP_PAGES = 20;
  private static final long DEPOSIT_EVERY_MS = 5_000;

  private final DeveloperContext context;
  private final String name;
  private final Watch watch;
  private int deposits;
  private boolean stopped;

  public DeveloperAgent(DeveloperContext context, String name) {
    this.context = context;
    this.name = name;
    this.watch = new Watch(context.statistics());
  }

  public String name() {
    return name;
  }

  /** Makes a first deposit, notes what the account then holds, and goes on depositing. */
  public Future<Void> open() {
    return deposit(context.client().isOpen() ? DEPOSIT : ENDOWMENT)
        .compose(done -> context.client().send(Call.get("/v1/accounts/" + name).by(name)))
        .onSuccess(this::opening)
        .onComplete(done -> depositLater())
        .otherwiseEmpty()
        .mapEmpty();
  }

  /**
   * Posts the contract.
   *
   * @param number unique within this run
   * @param dueNanos the instant it was to be posted
   * @param measured whether its latencies count
   */
  public void post(DeploymentSpec spec, long number, long dueNanos, boolean measured) {
    String unique = context.runId() + "-" + number;
    Call call =
        Call.create("/v1/deployments", DeploymentBody.of(spec, unique, context.runId()), unique)
            .by(name);
    context
        .client()
        .send(call)
        .onComplete(
            answer -> posted(spec, call, answer, dueNanos, measured),
            failure -> context.statistics().count(Count.DEPLOYMENTS_REFUSED));
  }

  /** A deployment's event, of this developer or of another. */
  public void event(ServerEvent event) {
    DeploymentEvent deployment = DeploymentEvent.read(event.data());
    if (deployment.developer().equals(name)) {
      watch.event(deployment, context.nanos().getAsLong());
    }
  }

  /** Events were missed: asks where the newest deployments stand, a few pages at most. */
  public void catchUp() {
    page("", CATCH_UP_PAGES);
  }

  /** Deployments of this run whose newest known state is this. */
  public int count(String state) {
    return watch.count(state);
  }

  public void stop() {
    stopped = true;
  }

  private void page(String cursor, int pagesLeft) {
    String after = cursor.isEmpty() ? "" : "&after=" + cursor;
    context
        .client()
        .send(Call.get("/v1/deployments?limit=1000" + after).by(name))
        .onSuccess(
            answer -> {
              JsonNode json = answer.json();
              json.path("items").forEach(this::listed);
              if (json.path("next").isTextual() && pagesLeft > 1) {
                page(
                    URLEncoder.encode(json.path("next").asText(), StandardCharsets.UTF_8),
                    pagesLeft - 1);
              }
            });
  }

  private void listed(JsonNode item) {
    watch.listed(DeploymentEvent.read(item.toString()), context.nanos().getAsLong());
  }

  private void posted(
      DeploymentSpec spec, Call call, Answer answer, long dueNanos, boolean measured) {
    long now = context.nanos().getAsLong();
    if (!answer.ok()) {
      context.statistics().count(Count.DEPLOYMENTS_REFUSED);
      return;
    }
    DeploymentEvent deployment = DeploymentEvent.read(answer.body());
    String key = call.idempotencyKey();
    context.statistics().count(Count.DEPLOYMENTS);
    context.ledger().deployment(deployment.id(), name, key, key, answer.position());
    if (measured) {
      context.statistics().accepted(now - dueNanos);
    }
    watch.accepted(deployment, now, measured);
    meddle(deployment.id(), spec);
  }

  private void meddle(String id, DeploymentSpec spec) {
    double fate = context.random().nextDouble();
    double ms = 2 * spec.runsFor().toMillis() * context.random().nextDouble() / context.speed();
    if (fate < context.behaviour().cancellations()) {
      later(ms, Call.delete("/v1/deployments/" + id), Count.DEPLOYMENTS_CANCELLED);
    } else if (fate < context.behaviour().cancellations() + context.behaviour().patches()) {
      later(ms, Call.patch("/v1/deployments/" + id, label()), Count.DEPLOYMENTS_PATCHED);
    }
  }

  private void later(double ms, Call call, Count count) {
    context
        .vertx()
        .setTimer(
            Math.max(1, Math.round(ms)),
            id -> {
              if (!stopped) {
                context.client().send(call.by(name)).onSuccess(answer -> changed(answer, count));
              }
            });
  }

  private void changed(Answer answer, Count count) {
    if (answer.ok()) {
      context.statistics().count(count);
      DeploymentEvent deployment = DeploymentEvent.read(answer.body());
      if (deployment.ended()) { // an older state could be older than the newest event
        watch.listed(deployment, context.nanos().getAsLong());
      }
    }
  }

  private Buffer label() {
    return Json.object(
        json -> {
          json.writeObjectFieldStart("labels");
          json.writeStringField("run", context.runId());
          json.writeStringField("patched", "yes");
          json.writeEndObject();
        });
  }

  private void depositLater() {
    context
        .vertx()
        .setTimer(
            DEPOSIT_EVERY_MS,
            id -> {
              if (!stopped) {
                deposit(DEPOSIT).onComplete(done -> depositLater());
              }
            });
  }

  private Future<Void> deposit(BigInteger amount) {
    String reference = context.runId() + "-" + name + "-" + deposits++;
    Buffer body =
        Json.object(
            json -> {
              json.writeStringField("amount", amount.toString());
              json.writeStringField("reference", reference);
            });
    context.ledger().depositSent(name, amount);
    String path = "/v1/accounts/" + name + "/deposits";
    return context
        .client()
        .send(Call.create(path, body, reference).byPayoutFor(name))
        .onSuccess(answer -> deposited(reference, amount, answer))
        .mapEmpty();
  }

  private void deposited(String reference, BigInteger amount, Answer answer) {
    if (answer.ok()) {
      context.statistics().count(Count.DEPOSITS);
      context.ledger().deposited(name, reference, amount, answer.position());
    } else if (!answer.passing()) {
      context.ledger().depositRefused(name, amount);
    }
  }

  private void opening(Answer answer) {
    if (answer.ok()) {
      JsonNode account = answer.json();
      BigInteger available = Json.amount(account.path("available"));
      BigInteger held = Json.amount(account.path("held"));
      context.ledger().opening(name, available.add(held).add(Json.amount(account.path("spent"))));
    }
  }
}
