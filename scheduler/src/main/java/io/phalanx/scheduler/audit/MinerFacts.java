package io.phalanx.scheduler.audit;

import io.phalanx.scheduler.event.MinerEvent.MinerRegistered;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Evidence;
import io.phalanx.scheduler.miner.Proven;
import java.math.BigInteger;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A miner as the audit knows it. */
final class MinerFacts {

  /** Where it stands. */
  enum Place {
    STOPPED,
    IDLE,
    ACTIVE,
    COOLING
  }

  final MinerId id;
  final String operator;
  final Set<AssignmentId> live = new LinkedHashSet<>();
  String region;
  BigInteger ask;
  Evidence evidence;
  int performance;
  Place place = Place.STOPPED;
  long coolDownEndsAtMs;
  boolean silent;
  boolean cordoned;

  /** By when it is drained, if it is. */
  @Nullable Long drainByMs;

  @Nullable DeploymentId heldFor;
  long changedAt;

  MinerFacts(MinerRegistered event, long position) {
    id = event.minerId();
    operator = event.operator();
    region = event.region();
    ask = event.gasPrice().pico();
    evidence = event.evidence();
    performance = evidence.capped(event.performance());
    changedAt = position;
  }

  boolean evidenceHoldsAt(long atMs) {
    Long expiresAtMs = evidence.expiresAtMs();
    return evidence.lapse() == null && (expiresAtMs == null || atMs < expiresAtMs);
  }

  boolean isOn(String platform) {
    Proven proven = evidence.proven();
    return proven != null && proven.platform().equals(platform);
  }

  @Override
  public String toString() {
    String name = id.text();
    return "miner " + (name.length() > 12 ? name.substring(0, 12) + "…" : name);
  }
}
