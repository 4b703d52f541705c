package io.phalanx.scheduler.event;

import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Cordon;
import io.phalanx.scheduler.miner.Evidence;
import io.phalanx.scheduler.miner.TierChangeReason;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What happens to a miner. */
public sealed interface MinerEvent extends Event {

  /** The miner. */
  MinerId minerId();

  /**
   * A miner joined; it is Stopped.
   *
   * @param minerId its public key
   * @param operator who owns it
   * @param region where it says it is
   * @param stake what is bound for it
   * @param performance its benchmark score P
   * @param gasPrice its ask
   * @param evidence what proved its tier
   */
  record MinerRegistered(
      MinerId minerId,
      String operator,
      String region,
      Amount stake,
      int performance,
      GasPrice gasPrice,
      Evidence evidence)
      implements MinerEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /** Stopped → Idle. */
  record MinerStarted(MinerId minerId) implements MinerEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /**
   * Idle → CoolingDown; an Active miner's assignment has ended just before.
   *
   * @param minerId the miner
   * @param endsAtMs when the cool-down ends, Unix milliseconds
   */
  record MinerBeganCoolDown(MinerId minerId, long endsAtMs) implements MinerEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /** CoolingDown → Stopped. */
  record MinerCooledDown(MinerId minerId) implements MinerEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /**
   * The operator changed the miner's terms.
   *
   * @param minerId the miner
   * @param region its region now
   * @param gasPrice its ask now
   */
  record MinerTermsChanged(MinerId minerId, String region, GasPrice gasPrice)
      implements MinerEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /**
   * The miner's tier is another, or none any more, or one again.
   *
   * @param minerId the miner
   * @param from its tier before; none where its evidence had lapsed
   * @param to its tier now; none where its evidence has lapsed
   * @param reason why
   * @param evidence what it stands on now
   */
  record MinerTierChanged(
      MinerId minerId,
      @Nullable Integer from,
      @Nullable Integer to,
      TierChangeReason reason,
      Evidence evidence)
      implements MinerEvent {

    /** Refuses a tier that is not that of the evidence. */
    public MinerTierChanged {
      if (!Objects.equals(to, evidence.standingTier())) {
        throw new IllegalArgumentException("tier " + to + " is not that of " + evidence);
      }
    }

    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /**
   * Evidence of the miner's tier was accepted, new or again; the tier is the same.
   *
   * @param minerId the miner
   * @param evidence what it proves
   */
  record EvidenceRenewed(MinerId minerId, Evidence evidence) implements MinerEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /**
   * The payout layer stated the miner's stake.
   *
   * @param minerId the miner
   * @param stake its stake now
   * @param reference the payout layer's word for it
   */
  record StakeStated(MinerId minerId, Amount stake, String reference) implements MinerEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /** The miner gets no new work; replaces an earlier cordon. */
  record MinerCordoned(MinerId minerId, Cordon cordon) implements MinerEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /** The miner gets work again. */
  record MinerUncordoned(MinerId minerId) implements MinerEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /** The miner was not heard for longer than the window. */
  record MinerFellSilent(MinerId minerId) implements MinerEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /** A silent miner was heard again. */
  record MinerCameBack(MinerId minerId) implements MinerEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /**
   * The miner's score moved by 5 % or crossed a bound.
   *
   * @param minerId the miner
   * @param performance its score now
   */
  record PerformanceDrifted(MinerId minerId, int performance) implements MinerEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }
}
