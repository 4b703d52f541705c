package io.phalanx.scheduler.event;

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

/** One method for each event: a forgotten one does not compile. None of them may refuse. */
public interface EventHandler {

  /** Takes in the event. */
  void apply(MinerRegistered event, Moment moment);

  /** Takes in the event. */
  void apply(MinerStarted event, Moment moment);

  /** Takes in the event. */
  void apply(MinerBeganCoolDown event, Moment moment);

  /** Takes in the event. */
  void apply(MinerCooledDown event, Moment moment);

  /** Takes in the event. */
  void apply(MinerTermsChanged event, Moment moment);

  /** Takes in the event. */
  void apply(EvidenceRenewed event, Moment moment);

  /** Takes in the event. */
  void apply(MinerTierChanged event, Moment moment);

  /** Takes in the event. */
  void apply(EvidenceFiled event, Moment moment);

  /** Takes in the event. */
  void apply(CollateralFiled event, Moment moment);

  /** Takes in the event. */
  void apply(CollateralPublished event, Moment moment);

  /** Takes in the event. */
  void apply(StakeStated event, Moment moment);

  /** Takes in the event. */
  void apply(MinerCordoned event, Moment moment);

  /** Takes in the event. */
  void apply(MinerUncordoned event, Moment moment);

  /** Takes in the event. */
  void apply(MinerFellSilent event, Moment moment);

  /** Takes in the event. */
  void apply(MinerCameBack event, Moment moment);

  /** Takes in the event. */
  void apply(PerformanceDrifted event, Moment moment);

  /** Takes in the event. */
  void apply(DeploymentCreated event, Moment moment);

  /** Takes in the event. */
  void apply(DeploymentChanged event, Moment moment);

  /** Takes in the event. */
  void apply(DeploymentEnded event, Moment moment);

  /** Takes in the event. */
  void apply(RetentionReleased event, Moment moment);

  /** Takes in the event. */
  void apply(GatheringBegan event, Moment moment);

  /** Takes in the event. */
  void apply(MinersReserved event, Moment moment);

  /** Takes in the event. */
  void apply(GatheringEnded event, Moment moment);

  /** Takes in the event. */
  void apply(AssignmentOffered event, Moment moment);

  /** Takes in the event. */
  void apply(AssignmentAcknowledged event, Moment moment);

  /** Takes in the event. */
  void apply(AssignmentBeganLeaving event, Moment moment);

  /** Takes in the event. */
  void apply(AssignmentStayed event, Moment moment);

  /** Takes in the event. */
  void apply(AssignmentEnded event, Moment moment);

  /** Takes in the event. */
  void apply(GasCharged event, Moment moment);

  /** Takes in the event. */
  void apply(ReadingFlagged event, Moment moment);

  /** Takes in the event. */
  void apply(Deposited event, Moment moment);

  /** Takes in the event. */
  void apply(Withdrawn event, Moment moment);

  /** Takes in the event. */
  void apply(ChargeCorrected event, Moment moment);

  /** Takes in the event. */
  void apply(SettlementClosed event, Moment moment);

  /** Takes in the event. */
  void apply(SettlementDelivered event, Moment moment);

  /** Takes in the event. */
  void apply(SettlementAcknowledged event, Moment moment);

  /** Takes in the event. */
  void apply(LeaderTookOver event, Moment moment);

  /** Takes in the event. */
  void apply(IncarnationBegan event, Moment moment);

  /** Takes in the event. */
  void apply(PolicyChanged event, Moment moment);

  /** Takes in the event. */
  void apply(RoundCommitted event, Moment moment);

  /** Takes in the event. */
  void apply(ReferencePriceMoved event, Moment moment);

  /** Takes in the event. */
  void apply(KeyRemembered event, Moment moment);

  /** Takes in the event. */
  void apply(MassSilenceNoticed event, Moment moment);

  /** Takes in the event. */
  void apply(HistoryKept event, Moment moment);

  /** Takes in the event. */
  void apply(KeyIssued event, Moment moment);

  /** Takes in the event. */
  void apply(KeyRevoked event, Moment moment);

  /** Takes in the event. */
  void apply(NonceUsed event, Moment moment);

  /** Takes in the event. */
  void apply(AdminActed event, Moment moment);

  /** Takes in an event of a quote; {@link QuoteEventHandler} tells them apart. */
  void apply(QuoteEvent event, Moment moment);
}
