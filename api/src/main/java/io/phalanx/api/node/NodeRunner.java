package io.phalanx.api.node;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.phalanx.api.auth.Ed25519Verifier;
import io.phalanx.api.auth.Gate;
import io.phalanx.api.auth.Gates;
import io.phalanx.api.auth.Revocations;
import io.phalanx.api.contract.Contract;
import io.phalanx.api.contract.ContractLoader;
import io.phalanx.api.evidence.EvidenceCheck;
import io.phalanx.api.evidence.EvidenceNonces;
import io.phalanx.api.evidence.EvidenceReviewer;
import io.phalanx.api.http.Endpoint;
import io.phalanx.api.http.HttpNode;
import io.phalanx.api.http.HttpSettings;
import io.phalanx.api.payout.PayoutClient;
import io.phalanx.api.payout.PayoutFolder;
import io.phalanx.api.payout.Receivers;
import io.phalanx.api.read.ChangeStream;
import io.phalanx.api.route.EngineRoutes;
import io.phalanx.api.route.Identity;
import io.phalanx.api.route.OperationRoutes;
import io.phalanx.api.route.Pages;
import io.phalanx.attestation.verify.Attestor;
import io.phalanx.attestation.x509.TrustAnchors;
import io.phalanx.cluster.ClusterCheck;
import io.phalanx.cluster.ConfigFaultException;
import io.phalanx.cluster.NodeConfig;
import io.phalanx.cluster.StoreSelection;
import io.phalanx.cluster.Stores;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.engine.EngineSettings;
import io.phalanx.scheduler.engine.SettlementReceiver;
import io.phalanx.scheduler.engine.Writes;
import io.phalanx.scheduler.proof.SigningKeys;
import io.phalanx.scheduler.receipt.KeyFile;
import io.phalanx.scheduler.receipt.SignedLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.BindException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node in this process: stores, engine and server, started and stopped in the right order. */
public final class NodeRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeRunner.class);
  private static final long START_SECONDS = 60;

  private final NodeConfig config;
  private final Parts parts;
  private final Optional<String> adminKey;

  private NodeRunner(NodeConfig config, Parts parts, Optional<String> adminKey) {
    this.config = config;
    this.parts = parts;
    this.adminKey = adminKey;
  }

  /** What it consists of, in the order of their start. */
  private record Parts(
      ClusterPart cluster,
      Stores stores,
      Engine engine,
      ChangeStream streams,
      EngineView view,
      EvidenceReviewer reviewer,
      HttpNode http,
      NodeTraces traces) {}

  /**
   * What a node gets from outside, so that tests can replace it.
   *
   * @param clock the wall clock
   * @param random spreads retries and names this run
   * @param secrets draws the secrets of API keys: nobody may foresee them
   * @param settings of the server; host and port are the configuration's
   * @param trustsDeclared whether a declared tier is enough outside open mode
   * @param anchors what evidence of tiers must lead to
   */
  public record Surroundings(
      InstantSource clock,
      RandomGenerator random,
      RandomGenerator secrets,
      HttpSettings settings,
      boolean trustsDeclared,
      TrustAnchors anchors) {

    /** As a service has them: secrets are drawn by the system's own generator. */
    public Surroundings(InstantSource clock, RandomGenerator random, HttpSettings settings) {
      this(clock, random, new SecureRandom(), settings, false, TrustAnchors.INTEL);
    }

    /** The same where miners are simulated: what they say of themselves is believed. */
    public Surroundings trustingDeclared() {
      return new Surroundings(clock, random, secrets, settings, true, anchors);
    }
  }

  /** Why a node does not start; most often somebody else has its port. */
  private static String reason(Throwable fault, NodeConfig config) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return "nothing can listen on %s:%d, which is in use or not of this machine; choose another"
                .formatted(config.listen().host(), config.listen().port())
            + " by listen.port (--port) or listen.host";
      }
    }
    return "the node does not start";
  }

  /**
   * Starts a node and returns when it serves.
   *
   * @throws io.phalanx.cluster.ConfigFaultException if the configuration cannot be used
   * @throws io.phalanx.scheduler.journal.JournalException if the journal cannot be used
   */
  public static NodeRunner start(NodeConfig config, Surroundings surroundings) {
    check(config);
    CompletableFuture<Contract> contract =
        CompletableFuture.supplyAsync(
            () -> ContractLoader.load(surroundings.settings().benchmarkEcho()));
    Stores stores = StoreSelection.open(config);
    ClusterPart cluster = join(config, surroundings, stores);
    Vertx vertx = cluster.vertx();
    try {
      PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      EngineMeters meters = new EngineMeters(registry);
      Engine engine = engine(config, surroundings, stores, new Attached(cluster, meters));
      meters.watch(engine);
      QuoteMeters.watch(registry, engine);
      NodeMetrics.bind(registry);
      NodeTraces traces = NodeTraces.of(config, surroundings, registry, engine);
      cluster.attach(engine, registry, traces.writes());
      awaitServing(engine, cluster);
      Writes writes = cluster.writes(engine, traces.writes());
      PolicySetting.apply(config, engine, writes);
      Optional<String> adminKey = FirstKey.ensure(config, engine, writes, surroundings.secrets());
      EngineView view = new EngineView(vertx, engine, cluster);
      ChangeStream streams = ChangeStream.start(engine, surroundings.clock());
      Identity identity = identity(engine, surroundings);
      EvidenceCheck evidence = evidence(config, surroundings, engine, registry);
      EngineRoutes.Node routed =
          new EngineRoutes.Node(
              engine, writes, cluster, streams, view, identity, evidence, surroundings.clock());
      Map<String, Endpoint> endpoints =
          new HashMap<>(EngineRoutes.endpoints(vertx, contract.get(), routed));
      OperationRoutes operations = new OperationRoutes(contract.get(), view, registry);
      endpoints.putAll(operations.endpoints(surroundings.settings().benchmarkEcho()));
      HttpNode.Backing backing =
          new HttpNode.Backing(
              view,
              gate(config, vertx, engine, identity, surroundings.clock()),
              registry,
              Long.toString(surroundings.random().nextLong(1L << 40), 36),
              Pages.of(contract.get()),
              traces.tracer());
      HttpSettings settings = settings(config, surroundings.settings());
      HttpNode http = serve(vertx, config, settings, contract.get(), endpoints, backing);
      EvidenceReviewer reviewer = EvidenceReviewer.start(evidence, engine, surroundings.clock());
      Parts parts = new Parts(cluster, stores, engine, streams, view, reviewer, http, traces);
      return new NodeRunner(config, parts, adminKey);
    } catch (InterruptedException | ExecutionException e) {
      abandon(stores, cluster);
      throw new IllegalStateException(reason(e, config), e);
    } catch (RuntimeException e) {
      abandon(stores, cluster);
      throw e;
    }
  }

  /** Or its port among the nodes would stay taken while this process lives. */
  private static void abandon(Stores stores, ClusterPart cluster) {
    stores.close();
    cluster.close();
    cluster.vertx().close();
  }

  private static HttpNode serve(
      Vertx vertx,
      NodeConfig config,
      HttpSettings settings,
      Contract contract,
      Map<String, Endpoint> endpoints,
      HttpNode.Backing backing)
      throws InterruptedException, ExecutionException {
    Contract limited =
        contract.withBodyLimits(config.http().maxBody(), config.http().maxReadingsBody());
    return await(HttpNode.start(vertx, settings, limited, endpoints, backing));
  }

  /** What each setting by itself does not show. */
  private static void check(NodeConfig config) {
    if (config.tls().isHalf()) {
      throw new ConfigFaultException(List.of("tls: needs both certificate and key"));
    }
    ClusterCheck.check(config);
  }

  private static ClusterPart join(NodeConfig config, Surroundings surroundings, Stores stores) {
    try {
      SplittableRandom random = new SplittableRandom(surroundings.random().nextLong());
      return ClusterPart.join(config, surroundings.clock(), random);
    } catch (RuntimeException e) {
      stores.close();
      throw e;
    }
  }

  private static Engine engine(
      NodeConfig config, Surroundings surroundings, Stores stores, Attached attached) {
    EngineSettings settings =
        new EngineSettings(
            config.nodeId(),
            surroundings.clock(),
            attached.meters,
            config.snapshotEvery(),
            config.rounds().batchingWindow(),
            config.rounds().timeLimit(),
            config.rounds().seed());
    Engine.Stores engineStores =
        new Engine.Stores(
            stores.journal(),
            () -> StoreSelection.openJournal(config),
            stores.snapshots(),
            stores.history(),
            new SignedLog(stores.receipts(), KeyFile.open(config.keyFile(), new SecureRandom())));
    return Engine.start(
        engineStores,
        settings,
        receiver(config, attached.cluster.vertx(), engineStores.receipts().keys(), surroundings),
        surroundings.random(),
        attached.cluster.leadership());
  }

  /** Where settlements go; nowhere when the payout layer pulls. */
  private static @Nullable SettlementReceiver receiver(
      NodeConfig config, Vertx vertx, SigningKeys keys, Surroundings surroundings) {
    List<SettlementReceiver> all = new ArrayList<>();
    config.payoutFolder().map(PayoutFolder::new).ifPresent(all::add);
    config
        .payoutUrl()
        .map(
            url ->
                new PayoutClient(
                    vertx, url, keys, surroundings.clock(), PayoutClient.USUAL_DEADLINE))
        .ifPresent(all::add);
    return Receivers.of(all).orElse(null);
  }

  /**
   * What the engine is attached to.
   *
   * @param cluster says when to lead, and has what calls to the payout layer run on
   * @param meters where figures go
   */
  private record Attached(ClusterPart cluster, EngineMeters meters) {}

  private static HttpSettings settings(NodeConfig config, HttpSettings settings) {
    return new HttpSettings(
        config.listen().host(),
        config.listen().port(),
        settings.eventLoops(),
        config.http().requestDeadline(),
        settings.keepAlive(),
        settings.streamComment(),
        settings.maxConnections(),
        settings.benchmarkEcho(),
        config.tls().isOn()
            ? Optional.of(new HttpSettings.Tls(config.tls().certificate(), config.tls().key()))
            : Optional.empty());
  }

  private static EvidenceCheck evidence(
      NodeConfig config, Surroundings surroundings, Engine engine, MeterRegistry registry) {
    return new EvidenceCheck(
        new Attestor(surroundings.anchors()),
        new EvidenceNonces(engine.receipts().keys().oldest(), surroundings.secrets()),
        engine,
        surroundings.clock(),
        config.auth() == NodeConfig.Auth.OPEN || surroundings.trustsDeclared(),
        new EvidenceMeters(registry));
  }

  private static Identity identity(Engine engine, Surroundings surroundings) {
    return new Identity(
        new Ed25519Verifier(),
        Revocations.of(engine.replica()),
        surroundings.secrets(),
        surroundings.trustsDeclared());
  }

  private static Gate gate(
      NodeConfig config, Vertx vertx, Engine engine, Identity identity, InstantSource clock) {
    if (config.auth() == NodeConfig.Auth.OPEN) {
      return Gate.OPEN;
    }
    Gates.Shares shares = new Gates.Shares(config.http().rate(), config.http().byteRate());
    return Gates.keys(vertx, engine.replica(), identity.verifier(), shares, clock);
  }

  /** The first admin key, when this start made it; it is not kept anywhere else. */
  public Optional<String> adminKey() {
    return adminKey;
  }

  /** Where it is served. */
  public String url() {
    return (config.tls().isOn() ? "https://" : "http://")
        + config.listen().host()
        + ":"
        + parts.http().port();
  }

  /** The port it listens on. */
  public int port() {
    return parts.http().port();
  }

  /** The engine, for who looks at the journal beside the server. */
  public Engine engine() {
    return parts.engine();
  }

  /** Why the node can go on no more, once that is so. */
  public Optional<RuntimeException> failure() {
    return parts.engine().sequencer().failure();
  }

  /** Accepts no more, answers what is in flight, commits it, and closes everything. */
  @Override
  public void close() {
    parts.cluster().handOver(); // first of all: nobody takes writes until another leads
    parts.view().stopping();
    parts.reviewer().close();
    parts.streams().close();
    quietly(parts.http().stop(), config.shutdownGrace());
    parts.engine().close();
    parts.cluster().close();
    parts.traces().close();
    parts.stores().history().close();
    parts.stores().receipts().close();
    quietly(parts.cluster().vertx().close(), Duration.ofSeconds(5));
  }

  /** Who is told that the node is ready may write at once. */
  private static void awaitServing(Engine engine, ClusterPart cluster)
      throws InterruptedException, ExecutionException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!cluster.isServing()) {
      if (engine.sequencer().failure().isPresent()) {
        throw engine.sequencer().failure().get();
      }
      if (System.nanoTime() > deadline) {
        throw new ExecutionException("no node becomes the leader", null);
      }
      Thread.sleep(1);
    }
    while (!engine.receipts().isRebuilt() && System.nanoTime() < deadline) {
      Thread.sleep(1); // who takes longer serves all the same, and says that it is not ready
    }
  }

  private static <T> T await(Future<T> future) throws InterruptedException, ExecutionException {
    try {
      return future.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new ExecutionException("the server does not listen", e);
    }
  }

  private static void quietly(Future<?> future, Duration longest) {
    try {
      future
          .toCompletionStage()
          .toCompletableFuture()
          .get(longest.toMillis() + 1, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("event=stop-incomplete reason={}", e.toString());
    }
  }
}
