package io.phalanx.simulator.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import io.phalanx.simulator.http.Answer;
import io.phalanx.simulator.http.Call;
import io.phalanx.simulator.http.Json;
import io.phalanx.simulator.http.RetryPolicy;
import io.phalanx.simulator.shape.MinerKey;
import io.phalanx.simulator.shape.MinerSpec;
import io.phalanx.simulator.shape.StartGuards;
import io.phalanx.simulator.stats.Count;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** One simulated miner: registers, starts, sends heartbeats, and does what their answers ask. */
final class MinerAgent {
  private static final long AGAIN_AFTER_FAILURE_MS = 1_000;

  /** Heartbeat window and grace: a miner without an answer for so long stops its contract. */
  private static final long ON_ITS_OWN_NANOS = 180_000_000_000L;

  private enum Mode {
    STOPPED,
    WORKING,
    SILENT,
    GONE
  }

  private final FleetContext context;
  private final MinerSpec spec;
  private final String minerId;
  private final MinerKey key;
  private final String path;
  private final SeenPosition seen = new SeenPosition();
  private final MinerWork work;
  private Mode mode = Mode.STOPPED;
  private long sequence;
  private long answeredNanos;
  private long timer = -1;
  private boolean beating;
  private boolean beatAgain;

  MinerAgent(FleetContext context, GasBatcher gas, MinerSpec spec) {
    this.context = context;
    this.spec = spec;
    this.key = spec.key();
    this.minerId = key.minerId();
    this.path = "/v1/miners/" + minerId;
    this.work = new MinerWork(context, gas, seen, new MinerWork.Machine(key, spec.performance()));
  }

  String minerId() {
    return minerId;
  }

  MinerSpec spec() {
    return spec;
  }

  boolean working() {
    return mode == Mode.WORKING;
  }

  /** Registers and starts; completes when both were tried. */
  Future<Void> enlist() {
    String once = "miner-" + context.runId() + "-" + minerId;
    return context
        .client()
        .send(Call.create("/v1/miners", registration(), once).byOperatorAnd(spec.operator(), key))
        .compose(this::registered)
        .otherwiseEmpty();
  }

  /** Something happened to an assignment of this miner: it asks at once instead of waiting. */
  void hint(String assignmentId, long epoch, String state) {
    if (mode == Mode.WORKING && work.concerns(assignmentId, epoch, state)) {
      beatAgain = beating;
      beat();
    }
  }

  /** Falls silent and loses its memory; comes back after the given time. */
  void fallSilent(long forMs) {
    if (mode != Mode.WORKING) {
      return;
    }
    mode = Mode.SILENT;
    work.forget();
    context.vertx().cancelTimer(timer);
    context.statistics().count(Count.SILENCES);
    context.vertx().setTimer(forMs, id -> wake());
  }

  /** The run is over: nothing is sent any more. */
  void rest() {
    mode = Mode.GONE;
    context.vertx().cancelTimer(timer);
    work.forget();
  }

  /** Stops for good; completes with whether the service let it. */
  Future<Boolean> leave() {
    mode = Mode.GONE;
    context.vertx().cancelTimer(timer);
    return context
        .client()
        .send(Call.post(path + "/stop", Buffer.buffer()).byOperator(spec.operator()))
        .map(
            answer -> {
              work.abandon();
              if (answer.ok()) {
                context.statistics().count(Count.DEPARTURES);
              }
              return answer.ok();
            });
  }

  private Buffer registration() {
    return Json.object(
        json -> {
          json.writeStringField("minerId", minerId);
          json.writeStringField("operator", spec.operator());
          json.writeStringField("region", spec.region());
          json.writeStringField("stake", spec.stake().toString());
          json.writeNumberField("performance", spec.performance());
          json.writeStringField("gasPrice", Long.toString(spec.ask()));
          json.writeObjectFieldStart("attestation");
          json.writeStringField("type", "declared");
          json.writeNumberField("tier", spec.tier());
          json.writeEndObject();
        });
  }

  private Future<Void> registered(Answer answer) {
    boolean known = answer.status() == 409; // an earlier run registered it
    if (!answer.ok() && !known) {
      return Future.succeededFuture();
    }
    seen.accepts(answer);
    context.statistics().count(Count.MINERS_REGISTERED);
    context.ledger().miner(minerId, answer.position());
    if (!spec.starts()) {
      context.statistics().count(Count.MINERS_LEFT_STOPPED);
      return Future.succeededFuture();
    }
    return bond()
        .compose(
            done ->
                context
                    .client()
                    .send(Call.post(path + "/start", Buffer.buffer()).byOperator(spec.operator())))
        .compose(this::started);
  }

  /** Where keys are asked for, the payout layer has to state what is bound for the miner. */
  private Future<Void> bond() {
    if (context.client().isOpen()) {
      return Future.succeededFuture();
    }
    Buffer body =
        Json.object(
            json -> {
              json.writeStringField("amount", spec.stake().toString());
              json.writeStringField("reference", "bond-" + context.runId());
            });
    return context.client().send(Call.put(path + "/stake", body).byPayoutFor("")).mapEmpty();
  }

  private Future<Void> started(Answer answer) {
    if (answer.status() == 409) { // perhaps an earlier run started it
      return context
          .client()
          .send(Call.get(path).byOperator(spec.operator()))
          .onSuccess(
              miner -> {
                String state = miner.json().path("state").asText();
                if (state.equals("Idle") || state.equals("Active")) {
                  begin(miner);
                }
              })
          .mapEmpty();
    }
    if (answer.ok()) {
      begin(answer);
    } else if (answer.problem().equals("guard-failed")) {
      context.statistics().guardRefused(guard(answer.json()));
    }
    return Future.succeededFuture();
  }

  /** The service need not name the guard, but the miner can tell which it fails. */
  private String guard(JsonNode problem) {
    String named = problem.path("guard").asText(problem.path("constraint").asText(""));
    return named.isEmpty() ? StartGuards.refusing(spec) : named;
  }

  private void begin(Answer answer) {
    seen.accepts(answer);
    context.statistics().count(Count.MINERS_STARTED);
    mode = Mode.WORKING;
    answeredNanos = context.nanos().getAsLong();
    schedule(1 + context.random().nextInt(2_000)); // spread, or a fleet beats in step for ever
  }

  private void wake() {
    if (mode == Mode.SILENT) {
      mode = Mode.WORKING;
      beat();
    }
  }

  private void schedule(long ms) {
    context.vertx().cancelTimer(timer);
    timer = context.vertx().setTimer(Math.max(1, ms), id -> beat());
  }

  private void beat() {
    if (mode != Mode.WORKING || beating) {
      return;
    }
    beating = true;
    context.vertx().cancelTimer(timer);
    context
        .client()
        .send(Call.post(path + "/heartbeats", heartbeat()).by(key), RetryPolicy.ONCE)
        .onComplete(this::beaten, failure -> missed());
  }

  private Buffer heartbeat() {
    sequence = Math.max(sequence + 1, context.clock().millis());
    boolean drifts = context.behaviour().drift() && work.idle();
    return Json.object(
        json -> {
          json.writeNumberField("sequence", sequence);
          if (drifts) {
            long percent = 97L + context.random().nextInt(4);
            json.writeNumberField("performance", spec.performance() * percent / 100);
          }
        });
  }

  private void beaten(Answer answer) {
    if (!answer.ok()) {
      missed();
      return;
    }
    beating = false;
    context.statistics().count(Count.HEARTBEATS);
    if (mode != Mode.WORKING) {
      return;
    }
    if (!seen.accepts(answer)) {
      context.statistics().count(Count.STALE_ANSWERS);
      schedule(AGAIN_AFTER_FAILURE_MS);
      return;
    }
    answeredNanos = context.nanos().getAsLong();
    HeartbeatAnswer content = HeartbeatAnswer.read(answer.body());
    work.listed(content.assignments());
    long nextMs = content.nextMs() * (85 + context.random().nextInt(16)) / 100;
    schedule(beatAgain ? 1 : nextMs);
    beatAgain = false;
  }

  private void missed() {
    beating = false;
    if (mode == Mode.WORKING) {
      if (context.nanos().getAsLong() - answeredNanos > ON_ITS_OWN_NANOS) {
        work.abandon();
      }
      schedule(AGAIN_AFTER_FAILURE_MS + context.random().nextInt(500));
    }
  }
}
