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
import io.phalanx.scheduler.event.QuoteEvent.QuoteEnded;
import io.phalanx.scheduler.event.QuoteEvent.QuoteLostMiners;
import io.phalanx.scheduler.event.QuoteEvent.QuoteOffered;
import io.phalanx.scheduler.event.QuoteEvent.QuoteRedeemed;
import io.phalanx.scheduler.event.QuoteEvent.QuoteRequested;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The names events have in the journal. A name ends in the version of its fields; a field is added
 * only under a new version, and the old one stays readable.
 */
public final class EventCatalog {

  private static final Map<String, Class<? extends Event>> BY_NAME = new LinkedHashMap<>();
  private static final Map<Class<? extends Event>, String> BY_TYPE = new LinkedHashMap<>();

  static {
    put("miner-registered/1", MinerRegistered.class);
    put("miner-started/1", MinerStarted.class);
    put("miner-began-cool-down/1", MinerBeganCoolDown.class);
    put("miner-cooled-down/1", MinerCooledDown.class);
    put("miner-terms-changed/1", MinerTermsChanged.class);
    put("evidence-renewed/1", EvidenceRenewed.class);
    put("miner-tier-changed/1", MinerTierChanged.class);
    put("evidence-filed/1", EvidenceFiled.class);
    put("collateral-filed/1", CollateralFiled.class);
    put("collateral-published/1", CollateralPublished.class);
    put("stake-stated/1", StakeStated.class);
    put("miner-cordoned/1", MinerCordoned.class);
    put("miner-uncordoned/1", MinerUncordoned.class);
    put("miner-fell-silent/1", MinerFellSilent.class);
    put("miner-came-back/1", MinerCameBack.class);
    put("performance-drifted/1", PerformanceDrifted.class);
    put("deployment-created/1", DeploymentCreated.class);
    put("deployment-changed/1", DeploymentChanged.class);
    put("deployment-ended/1", DeploymentEnded.class);
    put("retention-released/1", RetentionReleased.class);
    put("gathering-began/1", GatheringBegan.class);
    put("miners-reserved/1", MinersReserved.class);
    put("gathering-ended/1", GatheringEnded.class);
    put("quote-requested/1", QuoteRequested.class);
    put("quote-offered/1", QuoteOffered.class);
    put("quote-lost-miners/1", QuoteLostMiners.class);
    put("quote-redeemed/1", QuoteRedeemed.class);
    put("quote-ended/1", QuoteEnded.class);
    put("assignment-offered/1", AssignmentOffered.class);
    put("assignment-acknowledged/1", AssignmentAcknowledged.class);
    put("assignment-began-leaving/1", AssignmentBeganLeaving.class);
    put("assignment-stayed/1", AssignmentStayed.class);
    put("assignment-ended/1", AssignmentEnded.class);
    put("gas-charged/1", GasCharged.class);
    put("reading-flagged/1", ReadingFlagged.class);
    put("deposited/1", Deposited.class);
    put("withdrawn/1", Withdrawn.class);
    put("charge-corrected/1", ChargeCorrected.class);
    put("settlement-closed/1", SettlementClosed.class);
    put("settlement-delivered/1", SettlementDelivered.class);
    put("settlement-acknowledged/1", SettlementAcknowledged.class);
    put("leader-took-over/1", LeaderTookOver.class);
    put("incarnation-began/1", IncarnationBegan.class);
    put("policy-changed/1", PolicyChanged.class);
    put("round-committed/1", RoundCommitted.class);
    put("reference-price-moved/1", ReferencePriceMoved.class);
    put("key-remembered/1", KeyRemembered.class);
    put("mass-silence-noticed/1", MassSilenceNoticed.class);
    put("history-kept/1", HistoryKept.class);
    put("key-issued/1", KeyIssued.class);
    put("key-revoked/1", KeyRevoked.class);
    put("nonce-used/1", NonceUsed.class);
    put("admin-acted/1", AdminActed.class);
  }

  private EventCatalog() {}

  private static void put(String name, Class<? extends Event> type) {
    BY_NAME.put(name, type);
    BY_TYPE.put(type, name);
  }

  /** Every name with its type, in a fixed order. */
  public static Map<String, Class<? extends Event>> all() {
    return Map.copyOf(BY_NAME);
  }

  /** The type that the name stands for. */
  public static Optional<Class<? extends Event>> typeOf(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** The name of the event in the journal. */
  public static String nameOf(Event event) {
    String name = BY_TYPE.get(event.getClass());
    if (name == null) {
      throw new IllegalStateException("no journal name for " + event.getClass());
    }
    return name;
  }
}
