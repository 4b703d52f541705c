package io.phalanx.scheduler.miner;

import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import org.jspecify.annotations.Nullable;

/**
 * A TEE machine that runs confidential contracts, as the journal has it.
 *
 * @param id its public key
 * @param registeredPosition where its registration stands in the journal; orders lists
 * @param operator who owns it
 * @param region where it is, in the operator's words
 * @param stake what is bound for it
 * @param gasPrice its ask
 * @param evidence what proved its tier
 * @param initialPerformance the benchmark score P at registration
 * @param performance the score now, at most 1.2 times the initial one
 * @param standing state, liveness and what it runs
 * @param cordon why it gets no new work, if so
 * @param strikes offers it let run out
 * @param flagged readings beyond what it can have done; none if there were none
 */
public record Miner(
    MinerId id,
    long registeredPosition,
    String operator,
    String region,
    Amount stake,
    GasPrice gasPrice,
    Evidence evidence,
    int initialPerformance,
    int performance,
    Standing standing,
    @Nullable Cordon cordon,
    Strikes strikes,
    @Nullable Flagged flagged) {

  /** Where it stands. */
  public MinerState state() {
    return standing.state();
  }

  /** Whether a contract may be put on it now: Idle, heard, not cordoned, with valid evidence. */
  public boolean isPlaceableAt(long atMs) {
    return state() == MinerState.IDLE
        && standing.responsive()
        && cordon == null
        && evidence.isValidAt(atMs);
  }

  Miner with(Standing next) {
    return new Miner(
        id,
        registeredPosition,
        operator,
        region,
        stake,
        gasPrice,
        evidence,
        initialPerformance,
        performance,
        next,
        cordon,
        strikes,
        flagged);
  }

  Miner with(@Nullable Cordon next) {
    return new Miner(
        id,
        registeredPosition,
        operator,
        region,
        stake,
        gasPrice,
        evidence,
        initialPerformance,
        performance,
        standing,
        next,
        strikes,
        flagged);
  }

  Miner with(Strikes next) {
    return new Miner(
        id,
        registeredPosition,
        operator,
        region,
        stake,
        gasPrice,
        evidence,
        initialPerformance,
        performance,
        standing,
        cordon,
        next,
        flagged);
  }

  Miner with(Evidence next) {
    return new Miner(
        id,
        registeredPosition,
        operator,
        region,
        stake,
        gasPrice,
        next,
        initialPerformance,
        performance,
        standing,
        cordon,
        strikes,
        flagged);
  }

  Miner flagged(long atMs) {
    long before = flagged == null ? 0 : flagged.times();
    return new Miner(
        id,
        registeredPosition,
        operator,
        region,
        stake,
        gasPrice,
        evidence,
        initialPerformance,
        performance,
        standing,
        cordon,
        strikes,
        new Flagged(before + 1, atMs));
  }

  Miner withStake(Amount next) {
    return new Miner(
        id,
        registeredPosition,
        operator,
        region,
        next,
        gasPrice,
        evidence,
        initialPerformance,
        performance,
        standing,
        cordon,
        strikes,
        flagged);
  }

  Miner withPerformance(int next) {
    return new Miner(
        id,
        registeredPosition,
        operator,
        region,
        stake,
        gasPrice,
        evidence,
        initialPerformance,
        next,
        standing,
        cordon,
        strikes,
        flagged);
  }

  Miner withTerms(String nextRegion, GasPrice nextPrice) {
    return new Miner(
        id,
        registeredPosition,
        operator,
        nextRegion,
        stake,
        nextPrice,
        evidence,
        initialPerformance,
        performance,
        standing,
        cordon,
        strikes,
        flagged);
  }
}
