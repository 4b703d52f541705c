package io.phalanx.simulator.fleet;

import io.phalanx.simulator.http.Answer;
import io.phalanx.simulator.http.Call;
import io.phalanx.simulator.http.Json;
import io.phalanx.simulator.shape.MinerKey;
import io.phalanx.simulator.stats.Count;
import io.vertx.core.buffer.Buffer;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a miner does with what is assigned to it: acknowledge, work, report gas, complete. */
final class MinerWork {
  private static final String ASSIGNMENTS = "/v1/assignments/";

  private final FleetContext context;
  private final GasBatcher gas;
  private final SeenPosition seen;
  private final Machine machine;
  private long newestEpoch = -1;
  private String finishedId = ""; // kept on disk, as it were: a restart does not forget it
  private @Nullable Run current;

  /** The machine that works, and the key that speaks for it. */
  record Machine(MinerKey key, int performance) {}

  MinerWork(FleetContext context, GasBatcher gas, SeenPosition seen, Machine machine) {
    this.context = context;
    this.gas = gas;
    this.seen = seen;
    this.machine = machine;
  }

  boolean idle() {
    return current == null;
  }

  /** Whether this assignment would be news: an offer not seen yet, or the end of what runs here. */
  boolean concerns(String assignmentId, long epoch, String state) {
    Run run = current;
    boolean mine = run != null && run.offer().id().equals(assignmentId);
    return switch (state) {
      case "Offered" -> epoch > newestEpoch;
      case "Ended" -> mine && run != null && run.phase() == Run.Phase.RUNNING;
      default -> false;
    };
  }

  /** The service's word on what this miner has to do. */
  void listed(List<Offer> assignments) {
    Run run = current;
    if (run != null && assignments.stream().noneMatch(one -> run.is(one) && !ended(one))) {
      if (run.phase() == Run.Phase.RUNNING) {
        context.statistics().count(Count.ENDED_BY_SERVICE);
      }
      abandon();
    }
    for (Offer offer : assignments) {
      if (current == null && offer.offered()) {
        take(offer);
      } else if (current == null && offer.running()) {
        resume(offer);
      }
    }
  }

  /** The machine loses its memory: no call, no reading, no run. */
  void forget() {
    current = null;
  }

  /** Stops working, and reports what was done. */
  void abandon() {
    Run run = current;
    current = null;
    if (run != null && run.phase() == Run.Phase.RUNNING) {
      run.finish(context.nanos().getAsLong());
      send(run, true, result -> {});
    }
  }

  private static boolean ended(Offer offer) {
    return offer.state().equals("Ended");
  }

  private void take(Offer offer) {
    if (offer.epoch() > newestEpoch) {
      newestEpoch = offer.epoch();
      context.statistics().count(Count.REPLICAS_PLACED);
    }
    if (context.random().nextDouble() < context.behaviour().declines()) {
      tell(offer, "/fail", "declined", Count.DECLINES);
      return;
    }
    Run run = newRun(offer);
    current = run;
    context
        .client()
        .send(
            Call.post(ASSIGNMENTS + offer.id() + "/acknowledge", epochBody(offer, ""))
                .by(machine.key()))
        .onComplete(answer -> acknowledged(run, answer), failure -> drop(run));
  }

  /** After a restart the miner finds its contract running, and goes on from the last reading. */
  private void resume(Offer offer) {
    newestEpoch = Math.max(newestEpoch, offer.epoch());
    context.statistics().count(Count.RESUMED);
    Run run = newRun(offer);
    current = run;
    if (offer.id().equals(finishedId)) {
      concluded(run, false);
    } else {
      begin(run);
    }
  }

  private Run newRun(Offer offer) {
    long percent = 50L + context.random().nextInt(46);
    return new Run(offer, machine.performance() * 1_000L * percent / 100);
  }

  private void acknowledged(Run run, Answer answer) {
    if (run != current) {
      return;
    }
    seen.accepts(answer);
    if (answer.ok()) {
      context.statistics().count(Count.ACKNOWLEDGEMENTS);
      begin(run);
    } else {
      drop(run);
    }
  }

  private void begin(Run run) {
    run.start(context.nanos().getAsLong());
    boolean fails = context.random().nextDouble() < context.behaviour().failures();
    double share = fails ? context.random().nextDouble() : 1;
    double ms = Workload.of(run.offer().codeUri()).toMillis() * share / context.speed();
    context.vertx().setTimer(Math.max(1, Math.round(ms)), id -> end(run, fails));
    nextReading(run);
  }

  private void nextReading(Run run) {
    context
        .vertx()
        .setTimer(
            context.readingIntervalMs(),
            id -> {
              if (run == current && run.phase() == Run.Phase.RUNNING) {
                if (!run.isReadingUnanswered()) {
                  send(run, false, result -> read(run, result));
                }
                nextReading(run);
              }
            });
  }

  private void read(Run run, ReadingResult result) {
    run.answered();
    boolean over = result.exhausted() || isOver(result.problem());
    if (run != current || !over) {
      return;
    }
    if (result.exhausted()) {
      context.statistics().count(Count.EXHAUSTED);
      abandon();
    } else if (run.offer().running() && result.problem().equals("conflict")) {
      concluded(run, false); // a miner of an earlier process had sent its last reading
    } else {
      drop(run);
    }
  }

  private static boolean isOver(String problem) {
    return switch (problem) {
      case "stale-epoch", "not-found", "conflict" -> true;
      default -> false;
    };
  }

  private void end(Run run, boolean fails) {
    if (run == current && run.phase() == Run.Phase.RUNNING) {
      run.finish(context.nanos().getAsLong());
      finishedId = run.offer().id();
      send(run, true, result -> concluded(run, fails));
    }
  }

  private void concluded(Run run, boolean fails) {
    if (run != current) {
      return;
    }
    if (fails) {
      tell(run.offer(), "/fail", "simulated failure", Count.FAILURES);
    } else {
      tell(run.offer(), "/complete", "", Count.COMPLETIONS);
    }
  }

  /**
   * The run stays current until the answer, so that no older heartbeat answer takes it up again.
   */
  private void tell(Offer offer, String what, String reason, Count count) {
    Run run = current == null ? newRun(offer) : current;
    current = run;
    context
        .client()
        .send(
            Call.post(ASSIGNMENTS + offer.id() + what, epochBody(offer, reason)).by(machine.key()))
        .onComplete(
            answer -> {
              if (answer.ok()) {
                context.statistics().count(count);
              }
              if (run == current) {
                seen.accepts(answer);
                drop(run);
              }
            },
            failure -> drop(run));
  }

  private void drop(Run run) {
    if (run == current) {
      current = null;
    }
  }

  private void send(Run run, boolean last, Consumer<ReadingResult> then) {
    Reading unsigned = run.read(context.nanos().getAsLong(), last);
    Reading reading = context.client().isOpen() ? unsigned : unsigned.signedBy(machine.key());
    Offer offer = run.offer();
    context.ledger().gasSent(offer.id(), offer.deploymentId(), offer.gasPrice(), reading.gasUsed());
    context.statistics().add(Count.GAS_REPORTED, run.newlyReported(reading));
    gas.add(
        reading,
        result -> {
          tally(offer, result);
          then.accept(result);
        });
  }

  private void tally(Offer offer, ReadingResult result) {
    if (!result.taken()) {
      context.statistics().readingRefused(result.problem());
      return;
    }
    BigInteger price = offer.gasPrice();
    long units = price.signum() == 0 ? 0 : result.charged().divide(price).longValueExact();
    context.statistics().readingCharged(units, result.charged());
    context.ledger().gasCharged(offer.id(), result.charged(), result.position());
  }

  private static Buffer epochBody(Offer offer, String reason) {
    return Json.object(
        json -> {
          json.writeNumberField("epoch", offer.epoch());
          if (!reason.isEmpty()) {
            json.writeStringField("reason", reason);
          }
        });
  }
}
