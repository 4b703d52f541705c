package io.phalanx.scheduler.view;

import io.phalanx.scheduler.account.Earnings;
import io.phalanx.scheduler.decide.Guards;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.CollateralRef;
import io.phalanx.scheduler.miner.Cordon;
import io.phalanx.scheduler.miner.Evidence;
import io.phalanx.scheduler.miner.Flagged;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.miner.MinerState;
import io.phalanx.scheduler.miner.Proven;
import io.phalanx.scheduler.policy.Policy;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import io.phalanx.scheduler.unit.Timestamps;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A miner as its operator sees it.
 *
 * @param minerId its public key
 * @param operator who owns it
 * @param region where it says it is
 * @param stake what is bound for it
 * @param minimumStake what its score needs
 * @param tier its confidence level
 * @param tierEvidence what proved it
 * @param platform which machine it is, as its evidence proved
 * @param performance its score now
 * @param initialPerformance its score at registration
 * @param gasPrice its ask
 * @param state where it stands
 * @param responsive whether it is heard
 * @param cordoned why it gets no new work, if so
 * @param blockers what keeps it from getting work now, in the names of the explanation's
 *     constraints
 * @param assignmentId what it runs
 * @param lastHeartbeatAt when it was last heard, as far as this node knows
 * @param coolDownEndsAt when its cool-down ends
 * @param earned fees that are not paid
 * @param settled fees that are
 * @param flagged readings that said more gas than it can have done, if there were any
 */
public record MinerView(
    MinerId minerId,
    String operator,
    String region,
    Amount stake,
    Amount minimumStake,
    int tier,
    TierEvidence tierEvidence,
    @Nullable String platform,
    int performance,
    int initialPerformance,
    GasPrice gasPrice,
    MinerState state,
    boolean responsive,
    @Nullable CordonView cordoned,
    List<String> blockers,
    @Nullable AssignmentId assignmentId,
    @Nullable String lastHeartbeatAt,
    @Nullable String coolDownEndsAt,
    Amount earned,
    Amount settled,
    @Nullable FlaggedView flagged)
    implements Answer {

  /**
   * What proved a tier.
   *
   * @param type {@code declared}, {@code ias} or {@code dcap}
   * @param policyVersion the policy it was judged by
   * @param advisories the advisories it named
   * @param evaluatedAt when it was judged
   * @param expiresAt from when on it counts for nothing
   * @param evidenceHash SHA-256 of it, hex
   * @param tcbStatus the machine's status as the evidence words it
   * @param measurement MRENCLAVE or MRTD, hex
   * @param fmspc the processor family
   * @param lapse why it counts for nothing any more: EXPIRED or the reason of a rejection
   */
  public record TierEvidence(
      String type,
      long policyVersion,
      List<String> advisories,
      String evaluatedAt,
      @Nullable String expiresAt,
      @Nullable String evidenceHash,
      @Nullable String tcbStatus,
      @Nullable String measurement,
      @Nullable String fmspc,
      @Nullable String lapse) {}

  /**
   * Why a miner gets no new work.
   *
   * @param by who asked
   * @param reason their words
   * @param until when it ends by itself
   */
  public record CordonView(String by, String reason, @Nullable String until) {}

  /**
   * Readings that were refused since they said more gas than the miner can have done.
   *
   * @param times how often it was noted, at most once a minute
   * @param lastAt when last
   */
  public record FlaggedView(long times, String lastAt) {}

  /** The miner as a caller sees it at that time. */
  public static MinerView of(
      Miner miner, Earnings earnings, Policy policy, @Nullable Long lastHeardMs, long atMs) {
    return new MinerView(
        miner.id(),
        miner.operator(),
        miner.region(),
        miner.stake(),
        Guards.minimumStake(miner.performance(), policy.miners()),
        miner.evidence().tier(),
        evidence(miner.evidence()),
        platform(miner.evidence().proven()),
        miner.performance(),
        miner.initialPerformance(),
        miner.gasPrice(),
        miner.state(),
        miner.standing().responsive(),
        cordon(miner.cordon()),
        blockers(miner, atMs),
        miner.standing().assignmentId(),
        Timestamps.textOrNull(lastHeardMs),
        Timestamps.textOrNull(miner.standing().coolDownEndsAtMs()),
        earnings.earned().plus(earnings.payable()),
        earnings.settled(),
        flagged(miner.flagged()));
  }

  /** What keeps the miner from getting work, in the names of the explanation's constraints. */
  public static List<String> blockers(Miner miner, long atMs) {
    List<String> blockers = new ArrayList<>();
    if (miner.state() == MinerState.STOPPED) {
      blockers.add("stopped");
    }
    if (miner.state() == MinerState.COOLING_DOWN) {
      blockers.add("coolingDown");
    }
    if (miner.state() == MinerState.ACTIVE) {
      blockers.add("busy");
    }
    if (miner.standing().reservedFor() != null) {
      blockers.add("reserved");
    }
    if (!miner.standing().responsive()) {
      blockers.add("unresponsive");
    }
    if (miner.cordon() != null) {
      blockers.add("cordoned");
    }
    if (!miner.evidence().isValidAt(atMs)) {
      blockers.add("evidence");
    }
    return blockers;
  }

  private static TierEvidence evidence(Evidence evidence) {
    Proven proven = evidence.proven();
    CollateralRef beside = proven == null ? null : proven.collateral();
    return new TierEvidence(
        evidence.type(),
        evidence.policyVersion(),
        evidence.advisories(),
        Timestamps.text(evidence.evaluatedAtMs()),
        Timestamps.textOrNull(evidence.expiresAtMs()),
        evidence.evidenceHash(),
        proven == null ? null : proven.tcbStatus(),
        proven == null ? null : proven.measurement(),
        beside == null ? null : beside.fmspc(),
        evidence.lapse());
  }

  private static @Nullable String platform(@Nullable Proven proven) {
    return proven == null ? null : proven.platform();
  }

  private static @Nullable FlaggedView flagged(@Nullable Flagged flagged) {
    return flagged == null
        ? null
        : new FlaggedView(flagged.times(), Timestamps.text(flagged.lastAtMs()));
  }

  private static @Nullable CordonView cordon(@Nullable Cordon cordon) {
    return cordon == null
        ? null
        : new CordonView(cordon.by(), cordon.reason(), Timestamps.textOrNull(cordon.untilMs()));
  }
}
