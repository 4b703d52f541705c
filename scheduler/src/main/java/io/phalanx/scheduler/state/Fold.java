package io.phalanx.scheduler.state;

import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.AssignmentEndReason;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.deployment.Vacancy;
import io.phalanx.scheduler.event.AccessEvent.AdminActed;
import io.phalanx.scheduler.event.AccessEvent.KeyIssued;
import io.phalanx.scheduler.event.AccessEvent.KeyRevoked;
import io.phalanx.scheduler.event.AccessEvent.NonceUsed;
import io.phalanx.scheduler.event.AccountEvent.ChargeCorrected;
import io.phalanx.scheduler.event.AccountEvent.Deposited;
import io.phalanx.scheduler.event.AccountEvent.Withdrawn;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentAcknowledged;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentBeganLeaving;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentEnded;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentOffered;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentStayed;
import io.phalanx.scheduler.event.AssignmentEvent.GasCharged;
import io.phalanx.scheduler.event.AssignmentEvent.ReadingFlagged;
import io.phalanx.scheduler.event.CorruptStateException;
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentChanged;
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentCreated;
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentEnded;
import io.phalanx.scheduler.event.DeploymentEvent.GatheringBegan;
import io.phalanx.scheduler.event.DeploymentEvent.GatheringEnded;
import io.phalanx.scheduler.event.DeploymentEvent.MinersReserved;
import io.phalanx.scheduler.event.DeploymentEvent.RetentionReleased;
import io.phalanx.scheduler.event.EventHandler;
import io.phalanx.scheduler.event.MinerEvent.EvidenceRenewed;
import io.phalanx.scheduler.event.MinerEvent.MinerBeganCoolDown;
import io.phalanx.scheduler.event.MinerEvent.MinerCameBack;
import io.phalanx.scheduler.event.MinerEvent.MinerCooledDown;
import io.phalanx.scheduler.event.MinerEvent.MinerCordoned;
import io.phalanx.scheduler.event.MinerEvent.MinerFellSilent;
import io.phalanx.scheduler.event.MinerEvent.MinerRegistered;
import io.phalanx.scheduler.event.MinerEvent.MinerStarted;
import io.phalanx.scheduler.event.MinerEvent.MinerTermsChanged;
import io.phalanx.scheduler.event.MinerEvent.MinerTierChanged;
import io.phalanx.scheduler.event.MinerEvent.MinerUncordoned;
import io.phalanx.scheduler.event.MinerEvent.PerformanceDrifted;
import io.phalanx.scheduler.event.MinerEvent.StakeStated;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.event.QuoteEvent;
import io.phalanx.scheduler.event.SettlementEvent.SettlementAcknowledged;
import io.phalanx.scheduler.event.SettlementEvent.SettlementClosed;
import io.phalanx.scheduler.event.SettlementEvent.SettlementDelivered;
import io.phalanx.scheduler.event.SystemEvent.HistoryKept;
import io.phalanx.scheduler.event.SystemEvent.IncarnationBegan;
import io.phalanx.scheduler.event.SystemEvent.KeyRemembered;
import io.phalanx.scheduler.event.SystemEvent.LeaderTookOver;
import io.phalanx.scheduler.event.SystemEvent.MassSilenceNoticed;
import io.phalanx.scheduler.event.SystemEvent.PolicyChanged;
import io.phalanx.scheduler.event.SystemEvent.ReferencePriceMoved;
import io.phalanx.scheduler.event.SystemEvent.RoundCommitted;
import io.phalanx.scheduler.event.TrustEvent.CollateralFiled;
import io.phalanx.scheduler.event.TrustEvent.CollateralPublished;
import io.phalanx.scheduler.event.TrustEvent.EvidenceFiled;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.policy.AssignmentRules;
import io.phalanx.scheduler.round.CommittedRound;
import io.phalanx.scheduler.state.Change.AdminChange;
import io.phalanx.scheduler.state.Change.AssignmentChange;
import io.phalanx.scheduler.state.Change.DeploymentChange;
import io.phalanx.scheduler.state.Change.MinerChange;
import io.phalanx.scheduler.state.Change.RoundChange;
import io.phalanx.scheduler.unit.IsoDuration;
import org.jspecify.annotations.Nullable;

/** Spreads each event over the nouns it concerns, sets timers, and says what changed. */
final class Fold implements EventHandler {

  private final State state;
  private final ChangeListener listener;
  private final MoneyFold money;
  private final GatheringFold gatherings;
  private final QuoteFold quotes;
  private final LivenessFold liveness;
  private final MoveFold moves;
  private final EvidenceFold evidence;

  Fold(State state, ChangeListener listener) {
    this.state = state;
    this.listener = listener;
    this.money = new MoneyFold(state, listener);
    this.gatherings = new GatheringFold(state, this::tell);
    this.liveness = new LivenessFold(state);
    this.moves = new MoveFold(state);
    this.evidence = new EvidenceFold(state, listener);
    this.quotes = new QuoteFold(state, money, listener);
  }

  @Override
  public void apply(MinerRegistered event, Moment moment) {
    evidence.apply(event, moment);
    tell(event.minerId(), moment);
  }

  @Override
  public void apply(MinerStarted event, Moment moment) {
    state.miners().apply(event, moment);
    tell(event.minerId(), moment);
  }

  @Override
  public void apply(MinerBeganCoolDown event, Moment moment) {
    state.miners().apply(event, moment);
    timers().set(TimerKind.COOL_DOWN, event.minerId().text(), event.endsAtMs());
    timers().clear(TimerKind.SILENCE_GRACE, event.minerId().text());
    tell(event.minerId(), moment);
  }

  @Override
  public void apply(MinerCooledDown event, Moment moment) {
    state.miners().apply(event, moment);
    timers().clear(TimerKind.COOL_DOWN, event.minerId().text());
    tell(event.minerId(), moment);
  }

  @Override
  public void apply(MinerTermsChanged event, Moment moment) {
    state.miners().apply(event, moment);
    tell(event.minerId(), moment);
  }

  @Override
  public void apply(EvidenceRenewed event, Moment moment) {
    evidence.apply(event, moment);
    tell(event.minerId(), moment);
  }

  @Override
  public void apply(MinerTierChanged event, Moment moment) {
    evidence.apply(event, moment);
    tell(event.minerId(), moment);
  }

  @Override
  public void apply(EvidenceFiled event, Moment moment) {
    evidence.apply(event, moment);
  }

  @Override
  public void apply(CollateralFiled event, Moment moment) {
    evidence.apply(event, moment);
  }

  @Override
  public void apply(CollateralPublished event, Moment moment) {
    evidence.apply(event, moment);
  }

  @Override
  public void apply(StakeStated event, Moment moment) {
    state.miners().apply(event, moment);
    tell(event.minerId(), moment);
  }

  @Override
  public void apply(MinerCordoned event, Moment moment) {
    state.miners().apply(event, moment);
    set(TimerKind.CORDON, event.minerId().text(), event.cordon().untilMs());
    moves.settleTimer(event.minerId());
    tell(event.minerId(), moment);
  }

  @Override
  public void apply(MinerUncordoned event, Moment moment) {
    state.miners().apply(event, moment);
    timers().clear(TimerKind.CORDON, event.minerId().text());
    moves.settleTimer(event.minerId());
    tell(event.minerId(), moment);
  }

  @Override
  public void apply(MinerFellSilent event, Moment moment) {
    liveness.apply(event, moment);
    tell(event.minerId(), moment);
  }

  @Override
  public void apply(MinerCameBack event, Moment moment) {
    liveness.apply(event, moment);
    tell(event.minerId(), moment);
  }

  @Override
  public void apply(PerformanceDrifted event, Moment moment) {
    state.miners().apply(event, moment);
    tell(event.minerId(), moment);
  }

  @Override
  public void apply(DeploymentCreated event, Moment moment) {
    state.deployments().apply(event, moment);
    Deployment created = state.deployments().known(event.deploymentId());
    money.hold(created, event.spec().budget(), moment);
    queueTimeout(created);
    KeyMark key = event.key();
    if (key != null) {
      state.keys().remember(key, moment.position());
    }
    tell(event.deploymentId(), moment);
  }

  @Override
  public void apply(DeploymentChanged event, Moment moment) {
    Deployment before = state.deployments().known(event.deploymentId());
    state.deployments().apply(event, moment);
    Deployment after = state.deployments().known(event.deploymentId());
    money.rebudget(before, after, moment);
    queueTimeout(after);
    lifetime(after);
    gatherings.settle(after, moment);
    tell(event.deploymentId(), moment);
  }

  @Override
  public void apply(DeploymentEnded event, Moment moment) {
    state.deployments().apply(event, moment);
    Deployment deployment = state.deployments().known(event.deploymentId());
    money.release(deployment, event.released(), moment);
    timers().clear(TimerKind.QUEUE_TIMEOUT, event.deploymentId().text());
    timers().clear(TimerKind.LIFETIME, event.deploymentId().text());
    gatherings.settle(deployment, moment);
    if (!deployment.funds().held().isZero()) {
      long waitMs = state.policy().gas().finalReadingWait().toMillis();
      timers().set(TimerKind.RETENTION, event.deploymentId().text(), moment.atMs() + waitMs);
    }
    tell(event.deploymentId(), moment);
  }

  @Override
  public void apply(RetentionReleased event, Moment moment) {
    state.deployments().apply(event, moment);
    Deployment deployment = state.deployments().known(event.deploymentId());
    money.release(deployment, event.released(), moment);
    timers().clear(TimerKind.RETENTION, event.deploymentId().text());
    tell(event.deploymentId(), moment);
  }

  @Override
  public void apply(QuoteEvent event, Moment moment) {
    event.accept(quotes, moment);
  }

  @Override
  public void apply(GatheringBegan event, Moment moment) {
    gatherings.apply(event, moment);
  }

  @Override
  public void apply(MinersReserved event, Moment moment) {
    gatherings.apply(event, moment);
  }

  @Override
  public void apply(GatheringEnded event, Moment moment) {
    gatherings.apply(event, moment);
  }

  @Override
  public void apply(AssignmentOffered event, Moment moment) {
    AssignmentId id = event.assignmentId();
    state.assignments().apply(event, moment);
    state.miners().occupy(event.placement().minerId(), id, moment);
    state.deployments().fill(event);
    timers().set(TimerKind.ACKNOWLEDGEMENT, id.text(), event.acknowledgeByMs());
    Deployment deployment = state.deployments().known(event.deploymentId());
    queueTimeout(deployment);
    gatherings.settle(deployment, moment);
    tell(state.assignments().known(id), moment);
  }

  @Override
  public void apply(AssignmentAcknowledged event, Moment moment) {
    Assignment assignment = state.assignments().apply(event, moment);
    state.miners().forgive(assignment.minerId());
    state.deployments().run(assignment, moment);
    timers().clear(TimerKind.ACKNOWLEDGEMENT, assignment.id().text());
    lifetime(state.deployments().known(assignment.deploymentId()));
    tell(assignment, moment);
  }

  @Override
  public void apply(AssignmentBeganLeaving event, Moment moment) {
    tell(moves.apply(event, moment), moment);
  }

  @Override
  public void apply(AssignmentStayed event, Moment moment) {
    tell(moves.apply(event, moment), moment);
  }

  @Override
  public void apply(AssignmentEnded event, Moment moment) {
    Assignment assignment = state.assignments().known(event.assignmentId());
    Vacancy vacancy = vacancy(assignment, event.reason(), moment);
    Assignment ended = state.assignments().apply(event, moment);
    if (event.reason() == AssignmentEndReason.ACK_TIMEOUT) {
      state.miners().strike(ended.minerId());
    }
    state.miners().free(ended.minerId(), ended.id(), moment);
    state.deployments().vacate(ended, vacancy, moment);
    timers().clear(TimerKind.ACKNOWLEDGEMENT, ended.id().text());
    timers().clear(TimerKind.SILENCE_GRACE, ended.minerId().text());
    timers().clear(TimerKind.DRAIN, ended.minerId().text());
    tell(ended, moment);
  }

  private Vacancy vacancy(Assignment assignment, AssignmentEndReason reason, Moment moment) {
    AssignmentRules rules = state.policy().assignments();
    long headStartMs = reason.isNoFaultOfTheDeveloper() ? rules.headStart().toMillis() : 0;
    long excludedMs = reason.excludesTheMiner() ? moment.atMs() + rules.exclusion().toMillis() : 0;
    Vacancy.Failure failure = Vacancy.Failure.NONE;
    if (reason == AssignmentEndReason.FAILED) {
      boolean inARow = FailureRun.continues(state, assignment, moment.atMs());
      failure = inARow ? Vacancy.Failure.IN_A_ROW : Vacancy.Failure.FIRST;
    }
    return new Vacancy(
        reason == AssignmentEndReason.COMPLETED, moment.atMs() - headStartMs, excludedMs, failure);
  }

  @Override
  public void apply(GasCharged event, Moment moment) {
    tell(money.apply(event, moment), moment);
  }

  @Override
  public void apply(ReadingFlagged event, Moment moment) {
    MinerId miner = state.assignments().known(event.assignmentId()).minerId();
    state.miners().flag(miner, moment);
    tell(miner, moment);
  }

  @Override
  public void apply(Deposited event, Moment moment) {
    money.apply(event, moment);
  }

  @Override
  public void apply(Withdrawn event, Moment moment) {
    money.apply(event, moment);
  }

  @Override
  public void apply(ChargeCorrected event, Moment moment) {
    money.apply(event, moment);
    DeploymentId deployment = event.charge().deploymentId();
    if (state.deployments().find(deployment).isPresent()) {
      tell(deployment, moment);
    }
    tell(event.charge().minerId(), moment);
  }

  @Override
  public void apply(SettlementClosed event, Moment moment) {
    money.apply(event, moment);
  }

  @Override
  public void apply(SettlementDelivered event, Moment moment) {
    money.apply(event, moment);
  }

  @Override
  public void apply(SettlementAcknowledged event, Moment moment) {
    money.apply(event, moment);
  }

  @Override
  public void apply(LeaderTookOver event, Moment moment) {
    state.setEpoch(event.epoch());
    moves.extend(event.downMs());
    liveness.apply(event, moment);
  }

  @Override
  public void apply(IncarnationBegan event, Moment moment) {
    if (event.nextPosition() <= moment.position()) {
      throw new CorruptStateException(event, moment, "the next position was there already");
    }
    state.settlements().apply(event, moment);
    state.skipTo(event.nextPosition());
  }

  @Override
  public void apply(PolicyChanged event, Moment moment) {
    evidence.apply(event);
    state.setPolicy(event.policy());
  }

  @Override
  public void apply(RoundCommitted event, Moment moment) {
    CommittedRound round = new CommittedRound(event.round(), moment.position(), moment.atMs());
    state.rounds().add(round);
    listener.changed(moment, new RoundChange(round));
  }

  @Override
  public void apply(ReferencePriceMoved event, Moment moment) {
    state.setMarket(state.market().priced(event.pico(), moment.atMs()));
  }

  @Override
  public void apply(KeyRemembered event, Moment moment) {
    state.keys().remember(event.key(), moment.position());
  }

  @Override
  public void apply(MassSilenceNoticed event, Moment moment) {
    liveness.apply(event);
  }

  @Override
  public void apply(HistoryKept event, Moment moment) {
    Retirement.retire(state, event, moment.atMs());
  }

  @Override
  public void apply(KeyIssued event, Moment moment) {
    state.access().apply(event, moment);
  }

  @Override
  public void apply(KeyRevoked event, Moment moment) {
    state.access().apply(event, moment);
  }

  @Override
  public void apply(NonceUsed event, Moment moment) {
    state.access().apply(event, moment);
  }

  @Override
  public void apply(AdminActed event, Moment moment) {
    listener.changed(moment, new AdminChange(event));
  }

  private void queueTimeout(Deployment deployment) {
    IsoDuration timeout = deployment.spec().queueTimeout();
    boolean waits = !deployment.isEnded() && !deployment.progress().everPlaced();
    Long dueMs = timeout == null ? null : deployment.createdAtMs() + timeout.millis();
    set(TimerKind.QUEUE_TIMEOUT, deployment.id().text(), waits ? dueMs : null);
  }

  private void lifetime(Deployment deployment) {
    Long runningAtMs = deployment.progress().runningAtMs();
    if (runningAtMs != null && !deployment.isEnded()) {
      long dueMs = runningAtMs + deployment.spec().lifetime().millis();
      timers().set(TimerKind.LIFETIME, deployment.id().text(), dueMs);
    }
  }

  private void set(TimerKind kind, String subject, @Nullable Long dueMs) {
    if (dueMs == null) {
      timers().clear(kind, subject);
    } else {
      timers().set(kind, subject, dueMs);
    }
  }

  private Timers timers() {
    return state.timers();
  }

  private void tell(MinerId id, Moment moment) {
    listener.changed(moment, new MinerChange(state.miners().known(id), state.ledger().of(id)));
  }

  private void tell(DeploymentId id, Moment moment) {
    listener.changed(moment, new DeploymentChange(state.deployments().known(id)));
  }

  private void tell(Assignment assignment, Moment moment) {
    Deployment deployment = state.deployments().known(assignment.deploymentId());
    listener.changed(moment, new AssignmentChange(assignment, deployment.developer()));
    tell(assignment.deploymentId(), moment);
    tell(assignment.minerId(), moment);
  }
}
