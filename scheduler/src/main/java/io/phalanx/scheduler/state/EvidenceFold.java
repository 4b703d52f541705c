package io.phalanx.scheduler.state;

import io.phalanx.scheduler.event.MinerEvent.EvidenceRenewed;
import io.phalanx.scheduler.event.MinerEvent.MinerRegistered;
import io.phalanx.scheduler.event.MinerEvent.MinerTierChanged;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.event.SystemEvent.PolicyChanged;
import io.phalanx.scheduler.event.TrustEvent.CollateralFiled;
import io.phalanx.scheduler.event.TrustEvent.CollateralPublished;
import io.phalanx.scheduler.event.TrustEvent.EvidenceFiled;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Evidence;
import io.phalanx.scheduler.policy.AttestationRules;
import io.phalanx.scheduler.state.Change.CollateralChange;
import io.phalanx.scheduler.state.Change.EvidenceChange;

/** Spreads what concerns evidence over miners, trust and timers. */
final class EvidenceFold {

  private final State state;
  private final ChangeListener listener;

  EvidenceFold(State state, ChangeListener listener) {
    this.state = state;
    this.listener = listener;
  }

  void apply(MinerRegistered event, Moment moment) {
    state.miners().apply(event, moment);
    awaitEnd(event.minerId(), event.evidence());
  }

  void apply(EvidenceRenewed event, Moment moment) {
    state.miners().apply(event, moment);
    awaitEnd(event.minerId(), event.evidence());
  }

  void apply(MinerTierChanged event, Moment moment) {
    state.miners().apply(event, moment);
    awaitEnd(event.minerId(), event.evidence());
  }

  private void awaitEnd(MinerId id, Evidence evidence) {
    Long expiresAtMs = evidence.expiresAtMs();
    if (evidence.lapse() == null && expiresAtMs != null) {
      state.timers().set(TimerKind.EVIDENCE, id.text(), expiresAtMs);
    } else {
      state.timers().clear(TimerKind.EVIDENCE, id.text());
    }
  }

  void apply(EvidenceFiled event, Moment moment) {
    state.miners().known(event.minerId());
    listener.changed(moment, new EvidenceChange(event.minerId(), event.file()));
  }

  void apply(CollateralFiled event, Moment moment) {
    listener.changed(moment, new CollateralChange(event.collateral()));
  }

  void apply(CollateralPublished event, Moment moment) {
    state.trust().apply(event);
    listener.changed(moment, new CollateralChange(event.collateral()));
  }

  void apply(PolicyChanged event) {
    AttestationRules before = state.policy().attestation();
    if (!event.policy().attestation().judgesLike(before)) {
      state.trust().judgeAnewFrom(event.policy().version());
    }
  }
}
