package io.phalanx.api.read;

import io.phalanx.api.read.Past.Wanted;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.engine.HistoryKinds;
import io.phalanx.scheduler.engine.StampedChange;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.state.Change.AssignmentChange;
import io.phalanx.scheduler.state.Change.BudgetChange;
import io.phalanx.scheduler.state.Change.DeploymentChange;
import io.phalanx.scheduler.state.Change.MinerChange;
import io.phalanx.scheduler.state.Change.QuoteChange;
import io.phalanx.scheduler.state.Change.RoundChange;
import io.phalanx.scheduler.state.Change.SettlementChange;
import io.phalanx.scheduler.view.AssignmentView;
import io.phalanx.scheduler.view.DeploymentView;
import io.phalanx.scheduler.view.MinerView;
import java.time.InstantSource;
import java.util.Optional;

/** Makes stream items of changes, and of the present state of a resource. */
final class StreamViews {

  private static final Wanted<Deployment> DEPLOYMENTS =
      Wanted.of(HistoryKinds.DEPLOYMENT, Deployment.class, deployment -> true);

  private final Engine engine;
  private final MinerReads miners;
  private final Past past;
  private final SettlementReads settlements;
  private final QuoteReads quotes;

  StreamViews(Engine engine, InstantSource clock) {
    this.engine = engine;
    this.miners = new MinerReads(engine, clock);
    this.past = new Past(engine);
    this.settlements = new SettlementReads(engine);
    this.quotes = new QuoteReads(engine);
  }

  /** The item of a change that a filter wants. */
  StreamItem item(StampedChange stamped, Sight sight) {
    StreamId id = new StreamId(stamped.moment().position(), stamped.index());
    String event = StreamKind.of(stamped.change()).orElseThrow().event();
    boolean blocks = stamped.change() instanceof SettlementChange;
    return new StreamItem(id, event, () -> view(stamped, sight), blocks);
  }

  private Object view(StampedChange stamped, Sight sight) {
    if (stamped.change() instanceof DeploymentChange change) {
      return DeploymentView.of(change.deployment());
    }
    if (stamped.change() instanceof BudgetChange change) {
      return DeploymentView.of(change.deployment());
    }
    if (stamped.change() instanceof AssignmentChange change) {
      return AssignmentView.of(change.assignment());
    }
    if (stamped.change() instanceof MinerChange change) {
      return sight.shown(view(change, stamped.moment().atMs()));
    }
    if (stamped.change() instanceof SettlementChange change) {
      return sight.shown(change.settlement(), settlements.sealed(change.settlement()));
    }
    if (stamped.change() instanceof QuoteChange change) {
      return quotes.document(change.quote());
    }
    return RoundView.of(((RoundChange) stamped.change()).round());
  }

  private MinerView view(MinerChange change, long atMs) {
    return MinerView.of(
        change.miner(),
        change.earnings(),
        engine.replica().read(state -> state.policy()),
        engine.liveness().lastHeardMs(change.miner().id()).orElse(null),
        atMs);
  }

  /** The present state of the one resource that the filter names, if it names one it wants. */
  Optional<StreamItem> present(StreamFilter filter) {
    DeploymentId deployment = filter.deploymentId();
    MinerId miner = filter.minerId();
    if (deployment != null && miner == null && filter.wants(StreamKind.DEPLOYMENT)) {
      return deployment(deployment)
          .filter(known -> filter.wantsOf(known.developer()))
          .map(this::item);
    }
    if (miner != null
        && deployment == null
        && filter.developer() == null
        && filter.wants(StreamKind.MINER)) {
      return miner(miner, filter.sight());
    }
    return Optional.empty();
  }

  /** A deployment at a position. */
  private record Seen(long position, Deployment deployment) {

    String developer() {
      return deployment.developer();
    }
  }

  private Optional<Seen> deployment(DeploymentId id) {
    long position = engine.replica().head().last();
    return engine
        .replica()
        .read(state -> state.deployments().find(id).map(d -> new Seen(state.position(), d)))
        .or(() -> past.find(DEPLOYMENTS, id.text()).map(d -> new Seen(position, d)));
  }

  private StreamItem item(Seen seen) {
    return new StreamItem(
        StreamId.behind(seen.position()),
        StreamKind.DEPLOYMENT.event(),
        () -> DeploymentView.of(seen.deployment()),
        false);
  }

  private Optional<StreamItem> miner(MinerId id, Sight sight) {
    return engine
        .replica()
        .read(
            state ->
                state
                    .miners()
                    .find(id)
                    .map(miner -> new MinerAt(state.position(), miners.known(miner, state))))
        .map(
            at ->
                new StreamItem(
                    StreamId.behind(at.position()),
                    StreamKind.MINER.event(),
                    () -> sight.shown(miners.view(at.known())),
                    false));
  }

  private record MinerAt(long position, MinerReads.Known known) {}
}
