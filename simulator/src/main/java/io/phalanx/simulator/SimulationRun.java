package io.phalanx.simulator;

import io.phalanx.simulator.developer.Demand;
import io.phalanx.simulator.developer.DeveloperAgent;
import io.phalanx.simulator.developer.DeveloperContext;
import io.phalanx.simulator.fleet.Fleet;
import io.phalanx.simulator.fleet.FleetContext;
import io.phalanx.simulator.http.Answer;
import io.phalanx.simulator.http.Call;
import io.phalanx.simulator.http.EventStream;
import io.phalanx.simulator.http.RetryPolicy;
import io.phalanx.simulator.http.ServerEvent;
import io.phalanx.simulator.http.ServiceClient;
import io.phalanx.simulator.http.StreamListener;
import io.phalanx.simulator.ledger.LedgerCheck;
import io.phalanx.simulator.ledger.LedgerOfAnswers;
import io.phalanx.simulator.ledger.LedgerVerdict;
import io.phalanx.simulator.payout.PayoutEndpoint;
import io.phalanx.simulator.shape.DeploymentSpec;
import io.phalanx.simulator.shape.MinerSpec;
import io.phalanx.simulator.stats.Count;
import io.phalanx.simulator.stats.Statistics;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One run, on one event loop: fleet up, load, drain, check, report. */
final class SimulationRun {
  /** In-flight calls get so long after the end; then they count as unanswered. */
  private static final long DRAIN_MS = 1_000;

  /** A service gets about four seconds to become ready. */
  private static final RetryPolicy READY = new RetryPolicy(10, 100, 500);

  private static final long DRAIN_STEP_MS = 20;
  private static final long STREAMS_OPEN_WITHIN_MS = 2_000;

  private final Vertx vertx;
  private final SimulationOptions options;
  private final Optional<PayoutEndpoint> payout;
  private final List<DeploymentSpec> listed;
  private final List<MinerSpec> miners;
  private final ServiceClient.Address address;
  private final Statistics statistics = new Statistics();
  private final LedgerOfAnswers ledger;
  private final ServiceClient client;
  private final Fleet fleet;
  private final List<DeveloperAgent> developers = new ArrayList<>();
  private final Demand demand;
  private final List<EventStream> streams = new ArrayList<>();
  private final ConsoleLine console;
  private final long beganNanos = System.nanoTime();
  private long upNanos;
  private long runNanos;
  private long unanswered;
  private boolean over;

  /**
   * What is there from the start.
   *
   * @param miners the fleet
   * @param deployments those of a file
   */
  record Listed(List<MinerSpec> miners, List<DeploymentSpec> deployments) {}

  SimulationRun(
      Vertx vertx,
      SimulationOptions options,
      ServiceClient.Address address,
      Optional<PayoutEndpoint> payout,
      Listed given) {
    this.vertx = vertx;
    this.address = address;
    this.options = options;
    this.payout = payout;
    this.listed = given.deployments();
    this.miners = given.miners();
    this.ledger = openLedger(options);
    Wiring wiring = options.wiring();
    this.client =
        new ServiceClient(vertx, address, wiring.connections(), RetryPolicy.PATIENT, statistics);
    SplittableRandom random = new SplittableRandom(options.seed());
    this.fleet = new Fleet(fleetContext(random.split()), miners);
    DeveloperContext context = developerContext(random.split());
    for (int i = 1; i <= options.population().developers(); i++) {
      developers.add(new DeveloperAgent(context, "dev-" + i));
    }
    this.demand = new Demand(context, developers);
    this.console = new ConsoleLine(client, statistics, developers);
  }

  /** Begins; the report, or what broke, is told to the future. It ends early by {@code stop}. */
  void start(CompletionStage<Void> stop, CompletableFuture<SimulationReport> report) {
    Future<Void> stopped = Future.fromCompletionStage(stop, vertx.getOrCreateContext());
    ready()
        .compose(done -> issueKeys())
        .compose(done -> openStreams())
        .compose(done -> fleet.enlist())
        .compose(done -> Future.all(developers.stream().map(DeveloperAgent::open).toList()))
        .compose(done -> load(stopped))
        .compose(done -> drain())
        .compose(done -> check())
        .map(this::report)
        .onComplete(done -> end())
        .onComplete(report::complete, report::completeExceptionally);
  }

  /** Better to say at once that nobody is there than to try a thousand registrations. */
  private Future<Void> ready() {
    return client
        .send(Call.get("/health/ready"), READY)
        .otherwise(failure -> Answer.unanswered())
        .compose(
            answer -> {
              if (!answer.ok()) {
                return Future.failedFuture(
                    new IllegalStateException("no service is ready at " + options.baseUrl()));
              }
              everySecond(1);
              return Future.succeededFuture();
            });
  }

  private Future<Void> issueKeys() {
    List<String> operators = miners.stream().map(MinerSpec::operator).distinct().toList();
    List<String> names = developers.stream().map(DeveloperAgent::name).toList();
    return new KeyIssue(client, address.keyring()).issue(names, operators);
  }

  private static LedgerOfAnswers openLedger(SimulationOptions options) {
    try {
      return LedgerOfAnswers.open(options.wiring().ledgerFile());
    } catch (IOException e) {
      throw new UncheckedIOException("the ledger's file", e);
    }
  }

  private FleetContext fleetContext(SplittableRandom random) {
    return new FleetContext(
        vertx,
        client,
        statistics,
        ledger,
        options.behaviour(),
        random,
        this::nanos,
        Clock.systemUTC(),
        options.pace().speed(),
        options.pace().readingInterval().toMillis(),
        options.runId());
  }

  private DeveloperContext developerContext(SplittableRandom random) {
    return new DeveloperContext(
        vertx,
        client,
        statistics,
        ledger,
        options.behaviour(),
        random,
        this::nanos,
        options.pace().speed(),
        options.runId());
  }

  /** Since the start of the run. */
  private long nanos() {
    return System.nanoTime() - beganNanos;
  }

  private Future<Void> openStreams() {
    List<Future<Void>> opening = new ArrayList<>();
    for (DeveloperAgent developer : developers) {
      opening.add(stream("deployment", developer.name(), developer::event, developer::catchUp));
    }
    if (options.wiring().offersByStream()) {
      opening.add(stream("assignment", "", fleet::onAssignment, () -> {}));
    }
    Promise<Void> late = Promise.promise();
    vertx.setTimer(STREAMS_OPEN_WITHIN_MS, id -> late.complete());
    return Future.any(Future.all(opening), late.future()).mapEmpty();
  }

  private Future<Void> stream(
      String kind, String developer, Consumer<ServerEvent> events, Runnable catchUp) {
    StreamListener listener =
        new StreamListener() {
          @Override
          public void event(ServerEvent event) {
            events.accept(event);
          }

          @Override
          public void reconnecting() {
            statistics.count(Count.STREAM_RECONNECTS);
          }

          @Override
          public void gap() {
            statistics.count(Count.STREAM_GAPS);
            catchUp.run();
          }
        };
    String path = "/v1/events?kind=" + kind;
    EventStream stream = new EventStream(vertx, address, path, developer, listener);
    streams.add(stream);
    return stream.open();
  }

  private Future<Void> load(Future<Void> stopped) {
    upNanos = nanos();
    Pace pace = options.pace();
    fleet.misbehave();
    demand.post(listed);
    if (options.population().deploymentsFile().isEmpty()) {
      demand.stream(options.population().demand(), upNanos + pace.warmUp().toNanos());
    }
    return Future.any(after(pace.duration().toMillis()), stopped).mapEmpty();
  }

  private Future<Void> drain() {
    runNanos = nanos() - upNanos;
    over = true;
    demand.stop();
    fleet.stop();
    client.stopRetrying();
    return drained(DRAIN_MS);
  }

  private Future<Void> drained(long leftMs) {
    unanswered = client.inFlight();
    return unanswered == 0 || leftMs <= 0
        ? Future.succeededFuture()
        : after(DRAIN_STEP_MS).compose(done -> drained(leftMs - DRAIN_STEP_MS));
  }

  private Future<LedgerVerdict> check() {
    streams.forEach(EventStream::close);
    int sample = options.wiring().gasChecked();
    if (sample == 0) {
      return Future.succeededFuture(LedgerVerdict.none());
    }
    ServiceClient asking = new ServiceClient(vertx, address, 16, RetryPolicy.PATIENT, statistics);
    return new LedgerCheck(asking, ledger, sample).run().onComplete(done -> asking.close());
  }

  private void end() {
    ledger.close();
    client.close();
  }

  private SimulationReport report(LedgerVerdict verdict) {
    long pending = developers.stream().mapToInt(developer -> developer.count("Pending")).sum();
    return Reports.of(
        new Reports.Outcome(
            options.seed(),
            options.pace().speed(),
            TimeUnit.NANOSECONDS.toMillis(upNanos),
            TimeUnit.NANOSECONDS.toMillis(runNanos),
            pending,
            unanswered,
            verdict),
        statistics,
        payout.map(PayoutEndpoint::book));
  }

  private Future<Void> after(long ms) {
    Promise<Void> promise = Promise.promise();
    vertx.setTimer(Math.max(1, ms), id -> promise.complete());
    return promise.future();
  }

  private void everySecond(long second) {
    vertx.setTimer(
        1_000,
        id -> {
          if (!over) {
            ledger.flush();
            console.write(second).onSuccess(options.lines()::accept);
            everySecond(second + 1);
          }
        });
  }
}
