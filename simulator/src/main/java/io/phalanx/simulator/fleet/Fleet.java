package io.phalanx.simulator.fleet;

import com.fasterxml.jackson.core.JsonParser;
import io.phalanx.simulator.http.Json;
import io.phalanx.simulator.http.ServerEvent;
import io.phalanx.simulator.shape.MinerSpec;
import io.phalanx.simulator.stats.Count;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All simulated miners, and their misfortunes. Used from one event loop. */
public final class Fleet {
  private static final int ENLISTING_AT_A_TIME = 64;
  private static final double SHORT_SILENCE_MS = 3_000;
  private static final double LONG_SILENCE_MS = 240_000;
  private static final long BACK_AFTER_MS = 5_000;

  private final FleetContext context;
  private final GasBatcher gas;
  private final List<MinerAgent> agents = new ArrayList<>();
  private final Map<String, MinerAgent> byId = new HashMap<>();
  private boolean stopped;

  public Fleet(FleetContext context, List<MinerSpec> specs) {
    this.context = context;
    this.gas = new GasBatcher(context.vertx(), context.client());
    specs.forEach(this::add);
  }

  /** Registers and starts everyone, some at a time; completes when all were tried. */
  public Future<Void> enlist() {
    Deque<MinerAgent> left = new ArrayDeque<>(agents);
    List<Future<Void>> lanes = new ArrayList<>();
    for (int lane = 0; lane < ENLISTING_AT_A_TIME; lane++) {
      Promise<Void> done = Promise.promise();
      enlistNext(left, done);
      lanes.add(done.future());
    }
    return Future.all(lanes).mapEmpty();
  }

  /** From now on miners fall silent and leave at the rates of the fleet's behaviour. */
  public void misbehave() {
    everySoOften(context.behaviour().silencesPerHour(), this::silence);
    everySoOften(context.behaviour().departuresPerHour(), this::departure);
  }

  /** An assignment's event: its miner asks for its orders at once. */
  public void onAssignment(ServerEvent event) {
    AssignmentFields fields = new AssignmentFields();
    Json.read(event.data(), fields::field);
    MinerAgent agent = byId.get(fields.minerId);
    if (agent != null) {
      agent.hint(fields.id, fields.epoch, fields.state);
    }
  }

  /** Sends the readings that wait, and starts nothing new. */
  public void stop() {
    stopped = true;
    gas.flush();
    agents.forEach(MinerAgent::rest);
  }

  public int size() {
    return agents.size();
  }

  private void add(MinerSpec spec) {
    MinerAgent agent = new MinerAgent(context, gas, spec);
    agents.add(agent);
    byId.put(agent.minerId(), agent);
  }

  private void enlistNext(Deque<MinerAgent> left, Promise<Void> done) {
    MinerAgent next = stopped ? null : left.poll();
    if (next == null) {
      done.complete();
    } else {
      next.enlist().onComplete(tried -> enlistNext(left, done));
    }
  }

  private void everySoOften(double perHour, Runnable misfortune) {
    double perSecond = perHour * agents.size() * context.speed() / 3_600;
    if (perSecond > 0) {
      double ms = -Math.log(1 - context.random().nextDouble()) * 1_000 / perSecond;
      context
          .vertx()
          .setTimer(
              Math.max(1, Math.round(ms)),
              id -> {
                if (!stopped) {
                  misfortune.run();
                  everySoOften(perHour, misfortune);
                }
              });
    }
  }

  private void silence() {
    boolean brief = context.random().nextBoolean();
    double most = (brief ? SHORT_SILENCE_MS : LONG_SILENCE_MS) / context.speed();
    anyone().fallSilent(Math.max(1, Math.round(most * context.random().nextDouble())));
  }

  private void departure() {
    MinerAgent leaving = anyone();
    if (!leaving.working()) {
      return;
    }
    leaving.leave().onSuccess(left -> context.vertx().setTimer(BACK_AFTER_MS, id -> back(leaving)));
  }

  /** The old key cools down for a week, so the machine comes back under a new one. */
  private void back(MinerAgent left) {
    if (stopped) {
      return;
    }
    agents.remove(left);
    byId.remove(left.minerId());
    add(left.spec().as(left.spec().id() + "~"));
    context.statistics().count(Count.RETURNS);
    agents.get(agents.size() - 1).enlist();
  }

  private MinerAgent anyone() {
    return agents.get(context.random().nextInt(agents.size()));
  }

  private static final class AssignmentFields {
    private String id = "";
    private String minerId = "";
    private String state = "";
    private long epoch;

    void field(String name, JsonParser value) throws IOException {
      switch (name) {
        case "id" -> id = value.getValueAsString("");
        case "minerId" -> minerId = value.getValueAsString("");
        case "state" -> state = value.getValueAsString("");
        case "epoch" -> epoch = value.getValueAsLong();
        default -> {
          // the miner asks for the rest itself
        }
      }
    }
  }
}
