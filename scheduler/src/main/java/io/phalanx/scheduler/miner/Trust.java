package io.phalanx.scheduler.miner;

import io.phalanx.scheduler.event.TrustEvent;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What evidence is judged by now: since which version of the policy, and beside which collateral.
 */
public final class Trust {

  private final SortedMap<String, Collateral> published = new TreeMap<>();
  private long rulesVersion = 1;

  /**
   * The trust as data.
   *
   * @param rulesVersion the version of the policy since which evidence is judged as now
   * @param published the newest collateral of each family
   */
  public record Image(long rulesVersion, List<Collateral> published) {

    /** Before anything was changed or published. */
    public static final Image EMPTY = new Image(1, List.of());

    /** Copies the list. */
    public Image {
      published = List.copyOf(published);
    }
  }

  /** Takes over what a snapshot has. */
  public void restore(Image image) {
    rulesVersion = image.rulesVersion();
    image.published().forEach(each -> published.put(each.ref().family(), each));
  }

  /** All of it, for a snapshot. */
  public Image image() {
    return new Image(rulesVersion, List.copyOf(published.values()));
  }

  /** Evidence is judged differently from that version of the policy on. */
  public void judgeAnewFrom(long policyVersion) {
    rulesVersion = policyVersion;
  }

  /** An admin published collateral. */
  public void apply(TrustEvent.CollateralPublished event) {
    published.put(event.collateral().ref().family(), event.collateral());
  }

  /** The version of the policy since which evidence is judged as now. */
  public long rulesVersion() {
    return rulesVersion;
  }

  /** The newest collateral of a family, as {@link CollateralRef#family} names it. */
  public Optional<Collateral> published(String family) {
    return Optional.ofNullable(published.get(family));
  }

  /** All that is published. */
  public List<Collateral> published() {
    return List.copyOf(published.values());
  }

  /** Whether a verdict by that policy and beside that collateral is what one of now would be. */
  public boolean isCurrent(long policyVersion, @Nullable CollateralRef beside) {
    return policyVersion >= rulesVersion && (beside == null || !isSuperseded(beside));
  }

  /** What is published wins over what came with a quote, unless that is newer. */
  private boolean isSuperseded(CollateralRef beside) {
    Collateral newest = published.get(beside.family());
    return newest != null
        && !Objects.equals(newest.ref().hash(), beside.hash())
        && newest.ref().issuedAtMs() >= beside.issuedAtMs();
  }

  /** Why evidence is to be judged again at that time, if it is. */
  public Optional<TierChangeReason> due(Evidence evidence, Duration every, long atMs) {
    Proven proven = evidence.proven();
    if (proven == null || evidence.type().equals(Evidence.DECLARED)) {
      return Optional.empty(); // nothing is kept that could be judged
    }
    if (evidence.policyVersion() < rulesVersion) {
      return Optional.of(TierChangeReason.POLICY_CHANGED);
    }
    CollateralRef beside = proven.collateral();
    if (beside != null && isSuperseded(beside)) {
      return Optional.of(TierChangeReason.COLLATERAL_PUBLISHED);
    }
    boolean isTime =
        evidence.lapse() == null && atMs - evidence.evaluatedAtMs() >= every.toMillis();
    return isTime ? Optional.of(TierChangeReason.REVIEWED) : Optional.empty();
  }
}
