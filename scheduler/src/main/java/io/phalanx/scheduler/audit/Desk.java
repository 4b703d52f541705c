package io.phalanx.scheduler.audit;

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
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentChanged;
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentCreated;
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentEnded;
import io.phalanx.scheduler.event.DeploymentEvent.GatheringBegan;
import io.phalanx.scheduler.event.DeploymentEvent.GatheringEnded;
import io.phalanx.scheduler.event.DeploymentEvent.MinersReserved;
import io.phalanx.scheduler.event.DeploymentEvent.RetentionReleased;
import io.phalanx.scheduler.event.Event;
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
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.KeyMark;

/** Hands each event to the book that it is for. */
final class Desk implements EventHandler {

  private final Books books;
  private final OrderBook orderBook;
  private final MinerBook minerBook;
  private final DeploymentBook deploymentBook;
  private final AssignmentBook assignmentBook;
  private final SettlementBook settlementBook;
  private final GasBook gasBook;
  private final RoundBook roundBook;
  private final AccessBook accessBook;
  private final GatheringBook gatheringBook;
  private final QuoteBook quoteBook;
  private final MoveBook moveBook;

  Desk(Books books) {
    this.books = books;
    this.orderBook = new OrderBook(books);
    this.minerBook = new MinerBook(books);
    this.deploymentBook = new DeploymentBook(books);
    this.moveBook = new MoveBook(books);
    this.assignmentBook = new AssignmentBook(books, minerBook, moveBook);
    this.settlementBook = new SettlementBook(books);
    this.gasBook = new GasBook(books, deploymentBook, settlementBook);
    this.roundBook = new RoundBook(books);
    this.accessBook = new AccessBook(books);
    this.gatheringBook = new GatheringBook(books);
    this.quoteBook = new QuoteBook(books);
  }

  void take(Event event, Moment moment) {
    long passedMs = orderBook.before(event, moment);
    deploymentBook.passed(passedMs);
    gatheringBook.passed(passedMs);
    quoteBook.passed(passedMs);
    moveBook.passed(passedMs);
    moveBook.before(event);
    gasBook.before(event);
    quoteBook.before(event);
    if (!quoteBook.isRedeeming()) {
      roundBook.before(event);
    }
    event.accept(this, moment);
    books.money.close();
  }

  OrderBook order() {
    return orderBook;
  }

  @Override
  public void apply(MinerRegistered event, Moment moment) {
    minerBook.take(event, moment);
  }

  @Override
  public void apply(MinerStarted event, Moment moment) {
    minerBook.start(event.minerId(), moment);
  }

  @Override
  public void apply(MinerBeganCoolDown event, Moment moment) {
    minerBook.take(event, moment);
  }

  @Override
  public void apply(MinerCooledDown event, Moment moment) {
    minerBook.take(event, moment);
  }

  @Override
  public void apply(MinerTermsChanged event, Moment moment) {
    minerBook.take(event, moment);
  }

  @Override
  public void apply(EvidenceRenewed event, Moment moment) {
    minerBook.take(event, moment);
  }

  @Override
  public void apply(MinerTierChanged event, Moment moment) {
    minerBook.take(event, moment);
  }

  @Override
  public void apply(EvidenceFiled event, Moment moment) {
    minerBook.touch(event.minerId(), moment);
  }

  @Override
  public void apply(CollateralFiled event, Moment moment) {
    // what a verdict rests on: the verdict itself is in the events of its miner
  }

  @Override
  public void apply(CollateralPublished event, Moment moment) {
    // likewise
  }

  @Override
  public void apply(StakeStated event, Moment moment) {
    minerBook.touch(event.minerId(), moment);
  }

  @Override
  public void apply(MinerCordoned event, Moment moment) {
    minerBook.cordon(event.minerId(), event.cordon(), moment);
  }

  @Override
  public void apply(MinerUncordoned event, Moment moment) {
    minerBook.cordon(event.minerId(), null, moment);
  }

  @Override
  public void apply(MinerFellSilent event, Moment moment) {
    minerBook.silence(event.minerId(), true, moment);
  }

  @Override
  public void apply(MinerCameBack event, Moment moment) {
    minerBook.silence(event.minerId(), false, moment);
  }

  @Override
  public void apply(PerformanceDrifted event, Moment moment) {
    minerBook.drift(event.minerId(), event.performance(), moment);
  }

  @Override
  public void apply(DeploymentCreated event, Moment moment) {
    deploymentBook.take(event, moment);
    KeyMark key = event.key();
    if (key != null) {
      orderBook.take(key, moment);
    }
  }

  @Override
  public void apply(DeploymentChanged event, Moment moment) {
    deploymentBook.take(event, moment);
    settleGathering(event.deploymentId(), moment);
  }

  @Override
  public void apply(DeploymentEnded event, Moment moment) {
    deploymentBook.take(event, moment);
    settleGathering(event.deploymentId(), moment);
  }

  @Override
  public void apply(RetentionReleased event, Moment moment) {
    deploymentBook.take(event, moment);
  }

  @Override
  public void apply(QuoteEvent event, Moment moment) {
    event.accept(quoteBook, moment);
  }

  @Override
  public void apply(GatheringBegan event, Moment moment) {
    gatheringBook.take(event, moment);
  }

  @Override
  public void apply(MinersReserved event, Moment moment) {
    gatheringBook.take(event, moment);
  }

  @Override
  public void apply(GatheringEnded event, Moment moment) {
    gatheringBook.take(event, moment);
  }

  private void settleGathering(DeploymentId id, Moment moment) {
    DeploymentFacts deployment = books.deployments.get(id);
    if (deployment != null) {
      gatheringBook.settle(deployment, moment);
    }
  }

  @Override
  public void apply(AssignmentOffered event, Moment moment) {
    assignmentBook.take(event, moment);
    if (quoteBook.isRedeeming()) {
      roundBook.redeem(event);
    } else {
      roundBook.take(event, moment);
    }
    settleGathering(event.deploymentId(), moment);
  }

  @Override
  public void apply(AssignmentAcknowledged event, Moment moment) {
    assignmentBook.take(event, moment);
  }

  @Override
  public void apply(AssignmentBeganLeaving event, Moment moment) {
    assignmentBook.take(event, moment);
  }

  @Override
  public void apply(AssignmentStayed event, Moment moment) {
    assignmentBook.take(event, moment);
  }

  @Override
  public void apply(AssignmentEnded event, Moment moment) {
    assignmentBook.take(event, moment);
  }

  @Override
  public void apply(GasCharged event, Moment moment) {
    gasBook.take(event, moment);
  }

  @Override
  public void apply(ReadingFlagged event, Moment moment) {
    gasBook.take(event, moment);
  }

  @Override
  public void apply(Deposited event, Moment moment) {
    deploymentBook.take(event);
  }

  @Override
  public void apply(Withdrawn event, Moment moment) {
    deploymentBook.take(event);
  }

  @Override
  public void apply(ChargeCorrected event, Moment moment) {
    gasBook.take(event, moment);
  }

  @Override
  public void apply(SettlementClosed event, Moment moment) {
    settlementBook.take(event, moment);
  }

  @Override
  public void apply(SettlementDelivered event, Moment moment) {
    settlementBook.deliver(event.number());
  }

  @Override
  public void apply(SettlementAcknowledged event, Moment moment) {
    settlementBook.acknowledge(event.number());
  }

  @Override
  public void apply(LeaderTookOver event, Moment moment) {
    orderBook.take(event);
    moveBook.extend(event.downMs());
  }

  @Override
  public void apply(IncarnationBegan event, Moment moment) {
    orderBook.take(event);
    settlementBook.take(event);
  }

  @Override
  public void apply(PolicyChanged event, Moment moment) {
    orderBook.take(event);
  }

  @Override
  public void apply(RoundCommitted event, Moment moment) {
    roundBook.take(event);
  }

  @Override
  public void apply(ReferencePriceMoved event, Moment moment) {
    // a figure of the placement model: no invariant speaks of it
  }

  @Override
  public void apply(KeyRemembered event, Moment moment) {
    orderBook.take(event.key(), moment);
  }

  @Override
  public void apply(MassSilenceNoticed event, Moment moment) {
    // spares assignments for a while: no invariant speaks of it
  }

  @Override
  public void apply(HistoryKept event, Moment moment) {
    // moves what has ended elsewhere; the audit forgets nothing
  }

  @Override
  public void apply(KeyIssued event, Moment moment) {
    accessBook.take(event);
  }

  @Override
  public void apply(KeyRevoked event, Moment moment) {
    accessBook.take(event);
  }

  @Override
  public void apply(NonceUsed event, Moment moment) {
    accessBook.take(event, moment);
  }

  @Override
  public void apply(AdminActed event, Moment moment) {
    accessBook.take(event);
  }
}
