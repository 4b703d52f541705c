package io.phalanx.scheduler.policy;

import io.phalanx.scheduler.reward.RewardRules;
import java.time.Duration;
import java.util.Objects;

/**
 * Every figure an admin may change, by one journaled command at a time. Figures marked (P) are
 * Phala's own, from its chain code and genesis.
 *
 * @param version rises by one with each change, from 1
 * @param miners what a miner must bring and how it is watched
 * @param assignments how offers, failures and retries are handled
 * @param gas how gas is capped, split and settled
 * @param access what one caller may take up; a journal from before it was settable has none
 * @param gathering how miners are held for deployments that need several at once
 * @param moves how running contracts leave miners that do not suit them any more
 * @param attestation by what evidence is judged
 * @param quotes what quotes may take up
 * @param rewards what miners' values and shares are computed with
 */
public record Policy(
    long version,
    MinerRules miners,
    AssignmentRules assignments,
    GasRules gas,
    AccessRules access,
    GatheringRules gathering,
    MoveRules moves,
    AttestationRules attestation,
    QuoteRules quotes,
    RewardFigures rewards) {

  /** The figures of a new network. */
  public static final Policy DEFAULT =
      new Policy(
          1,
          MinerRules.DEFAULT,
          AssignmentRules.DEFAULT,
          GasRules.DEFAULT,
          AccessRules.DEFAULT,
          GatheringRules.DEFAULT,
          MoveRules.DEFAULT,
          AttestationRules.DEFAULT,
          QuoteRules.DEFAULT,
          RewardFigures.DEFAULT);

  /** Fills in what a journal of an earlier version does not have. */
  public Policy {
    access = Objects.requireNonNullElse(access, AccessRules.DEFAULT);
    gathering = Objects.requireNonNullElse(gathering, GatheringRules.DEFAULT);
    moves = Objects.requireNonNullElse(moves, MoveRules.DEFAULT);
    attestation = Objects.requireNonNullElse(attestation, AttestationRules.DEFAULT);
    quotes = Objects.requireNonNullElse(quotes, QuoteRules.DEFAULT);
    rewards = Objects.requireNonNullElse(rewards, RewardFigures.DEFAULT);
  }

  /** The same with other rules for miners. */
  public Policy with(MinerRules other) {
    return new Policy(
        version, other, assignments, gas, access, gathering, moves, attestation, quotes, rewards);
  }

  /** The same with other rules for assignments. */
  public Policy with(AssignmentRules other) {
    return new Policy(
        version, miners, other, gas, access, gathering, moves, attestation, quotes, rewards);
  }

  /** The same with other rules for gas. */
  public Policy with(GasRules other) {
    return new Policy(
        version,
        miners,
        assignments,
        other,
        access,
        gathering,
        moves,
        attestation,
        quotes,
        rewards);
  }

  /** The same with other limits of callers. */
  public Policy with(AccessRules other) {
    return new Policy(
        version, miners, assignments, gas, other, gathering, moves, attestation, quotes, rewards);
  }

  /** The same with other rules for gathering. */
  public Policy with(GatheringRules other) {
    return new Policy(
        version, miners, assignments, gas, access, other, moves, attestation, quotes, rewards);
  }

  /** The same with other rules for moves. */
  public Policy with(MoveRules other) {
    return new Policy(
        version, miners, assignments, gas, access, gathering, other, attestation, quotes, rewards);
  }

  /** The same with other rules for evidence. */
  public Policy with(AttestationRules other) {
    return new Policy(
        version, miners, assignments, gas, access, gathering, moves, other, quotes, rewards);
  }

  /** The same with other rules for quotes. */
  public Policy with(QuoteRules other) {
    return new Policy(
        version, miners, assignments, gas, access, gathering, moves, attestation, other, rewards);
  }

  /** The same with other figures of values and shares. */
  public Policy with(RewardFigures other) {
    return new Policy(
        version, miners, assignments, gas, access, gathering, moves, attestation, quotes, other);
  }

  /** The rules of values and shares. */
  public RewardRules rewardRules() {
    return rewards.rules(miners.highestValuePha());
  }

  /** The same with another settlement period. */
  public Policy withSettlementPeriod(Duration period) {
    return with(
        new GasRules(
            gas.treasuryPercent(),
            gas.burst(),
            period,
            gas.retentionDivisor(),
            gas.finalReadingWait()));
  }

  /** The same under another version number. */
  public Policy withVersion(long next) {
    return new Policy(
        next, miners, assignments, gas, access, gathering, moves, attestation, quotes, rewards);
  }
}
