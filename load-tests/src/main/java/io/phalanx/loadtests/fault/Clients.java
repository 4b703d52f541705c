package io.phalanx.loadtests.fault;

import io.phalanx.simulator.developer.Demand;
import io.phalanx.simulator.developer.DeveloperAgent;
import io.phalanx.simulator.developer.DeveloperContext;
import io.phalanx.simulator.fleet.Behaviour;
import io.phalanx.simulator.fleet.Fleet;
import io.phalanx.simulator.fleet.FleetContext;
import io.phalanx.simulator.http.Answer;
import io.phalanx.simulator.http.Call;
import io.phalanx.simulator.http.EventStream;
import io.phalanx.simulator.http.RetryPolicy;
import io.phalanx.simulator.http.ServiceClient;
import io.phalanx.simulator.ledger.Acknowledged;
import io.phalanx.simulator.ledger.LedgerCheck;
import io.phalanx.simulator.ledger.LedgerOfAnswers;
import io.phalanx.simulator.ledger.LedgerVerdict;
import io.phalanx.simulator.shape.DemandShape;
import io.phalanx.simulator.shape.FleetShape;
import io.phalanx.simulator.stats.Count;
import io.phalanx.simulator.stats.Statistics;
import io.vertx.core.Future;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Developers and a fleet of miners that use the service as strangers would, for as long as they are
 * let: deployments under idempotency keys, deposits, cancellations, acknowledgements, readings,
 * completions. They repeat what was not answered, and keep a ledger of what was.
 */
public final class Clients implements AutoCloseable {
  private static final int DEVELOPERS = 24;
  private static final int CONNECTIONS = 64;
  private static final double SPEED = 4;
  private static final long READING_EVERY_MS = 500;
  private static final long ENLIST_SECONDS = 120;
  private static final long CHECK_SECONDS = 120;
  private static final long SETTLE_STEP_MS = 50;
  private static final int GAS_CHECKED = 2_000;
  private static final int QUIET_STEPS = 10;

  /**
   * No miner loses its memory: one that did while a reading was under way would send another one of
   * the same sequence, be answered for both, and count one charge twice in its own ledger.
   */
  private static final Behaviour LIVELY = new Behaviour(0.02, 0.02, 0, 20, 0.05, 0.05, true);

  private final EventLoop loop = new EventLoop();
  private final Statistics statistics = new Statistics();
  private final LedgerOfAnswers ledger = LedgerOfAnswers.inMemory();
  private final List<DeveloperAgent> developers = new ArrayList<>();
  private final List<EventStream> streams = new ArrayList<>();
  private final long beganNanos = System.nanoTime();
  private final URI url;
  private final DemandShape shape;
  private final ServiceClient writing;
  private final ServiceClient working;
  private final Fleet fleet;
  private final Demand demand;

  /**
   * Clients that do nothing yet.
   *
   * @param url of the service, the same over its restarts
   * @param miners in the fleet
   * @param perSecond deployments posted
   */
  public Clients(URI url, int miners, double perSecond, long seed) throws InterruptedException {
    this.url = url;
    this.shape = DemandShape.mixed(seed, perSecond, Duration.ofSeconds(8));
    SplittableRandom random = new SplittableRandom(seed);
    String runId = "kill-" + seed;
    writing = client();
    working = client();
    FleetContext miner =
        new FleetContext(
            loop.vertx(),
            working,
            statistics,
            ledger,
            LIVELY,
            random.split(),
            this::nanos,
            Clock.systemUTC(),
            SPEED,
            READING_EVERY_MS,
            runId);
    fleet = loop.get(() -> new Fleet(miner, new FleetShape(miners, seed).draw()));
    DeveloperContext developer =
        new DeveloperContext(
            loop.vertx(),
            writing,
            statistics,
            ledger,
            LIVELY,
            random.split(),
            this::nanos,
            SPEED,
            runId);
    for (int i = 1; i <= DEVELOPERS; i++) {
      developers.add(new DeveloperAgent(developer, "dev-" + seed + "-" + i));
    }
    demand = new Demand(developer, developers);
  }

  /** Registers and starts the fleet, opens the accounts, and begins to post. */
  public void start() throws InterruptedException {
    loop.await(
        () -> {
          streams.add(stream("deployment", developers.get(0)::event));
          streams.add(stream("assignment", fleet::onAssignment));
          return fleet
              .enlist()
              .compose(done -> Future.all(developers.stream().map(DeveloperAgent::open).toList()))
              .onSuccess(
                  done -> {
                    fleet.misbehave();
                    demand.stream(shape, 0);
                  });
        },
        ENLIST_SECONDS);
  }

  /** Developers' writes that were sent, or wait to be repeated, and are not answered. */
  public int writesInFlight() throws InterruptedException {
    return loop.get(writing::inFlight);
  }

  /** What was acknowledged so far. */
  public Snapshot acknowledged() throws InterruptedException {
    return loop.get(
        () ->
            new Snapshot(
                Map.copyOf(ledger.deployments()),
                Map.copyOf(ledger.miners()),
                Map.copyOf(ledger.gas()),
                Map.copyOf(ledger.funds()),
                ledger.highestPosition()));
  }

  /** Asks for each over HTTP; says which the service does not show. */
  List<String> missing(List<Acknowledged> deployments) throws InterruptedException {
    List<String> missing = new ArrayList<>();
    loop.await(
        () ->
            Future.all(
                deployments.stream()
                    .map(one -> look(one).onSuccess(answer -> note(one, answer, missing)))
                    .toList()),
        CHECK_SECONDS);
    return missing;
  }

  /**
   * Starts nothing new, and waits until everything is answered and nothing follows, such as the
   * readings that wait to be sent together. Returns how many calls never were answered.
   */
  public int settle(Duration longest) throws InterruptedException {
    loop.get(
        () -> {
          streams.forEach(EventStream::close); // an offer heard of later would begin new work
          demand.stop();
          return true;
        });
    long end = System.nanoTime() + longest.toNanos();
    int left = loop.get(this::rest);
    for (int quiet = 0; quiet < QUIET_STEPS && System.nanoTime() < end; quiet++) {
      TimeUnit.MILLISECONDS.sleep(SETTLE_STEP_MS);
      left = loop.get(this::rest);
      quiet = left > 0 ? 0 : quiet;
    }
    return left;
  }

  /** Again and again, for a miner that was about to start does so after the fleet was stopped. */
  private int rest() {
    fleet.stop();
    return writing.inFlight() + working.inFlight();
  }

  /** Holds the whole ledger against what the service says now; after {@link #settle}. */
  public LedgerVerdict check() throws InterruptedException {
    return loop.await(() -> new LedgerCheck(client(), ledger, GAS_CHECKED).run(), CHECK_SECONDS);
  }

  /** How often something happened in all. */
  long count(Count what) throws InterruptedException {
    return loop.get(() -> statistics.get(what));
  }

  /** Answers of 400 and above, by status and problem. */
  public Map<String, Long> errors() throws InterruptedException {
    return loop.get(statistics::errors);
  }

  @Override
  public void close() {
    loop.close();
  }

  private Future<Answer> look(Acknowledged deployment) {
    return writing.send(Call.get("/v1/deployments/" + deployment.id()).by(deployment.owner()));
  }

  private static void note(Acknowledged one, Answer answer, List<String> missing) {
    if (answer.status() != 200) {
      missing.add("deployment " + one.id() + ": " + answer.error());
    }
  }

  private ServiceClient client() {
    return new ServiceClient(loop.vertx(), url, CONNECTIONS, RetryPolicy.PATIENT, statistics);
  }

  private EventStream stream(String kind, io.phalanx.simulator.http.StreamListener listener) {
    EventStream stream =
        new EventStream(loop.vertx(), url, "/v1/events?kind=" + kind, "", listener);
    stream.open();
    return stream;
  }

  private long nanos() {
    return System.nanoTime() - beganNanos;
  }
}
