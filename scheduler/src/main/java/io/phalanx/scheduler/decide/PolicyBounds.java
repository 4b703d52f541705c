package io.phalanx.scheduler.decide;

import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.decision.Rejection;
import io.phalanx.scheduler.policy.AssignmentRules;
import io.phalanx.scheduler.policy.AttestationRules;
import io.phalanx.scheduler.policy.GasRules;
import io.phalanx.scheduler.policy.GatheringRules;
import io.phalanx.scheduler.policy.MinerRules;
import io.phalanx.scheduler.policy.MoveRules;
import io.phalanx.scheduler.policy.Policy;
import io.phalanx.scheduler.policy.QuoteRules;
import io.phalanx.scheduler.policy.RewardFigures;
import io.phalanx.scheduler.unit.Factor;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Between which figures a network can run. A policy outside them would stop the writer later, at
 * the first division by zero or overflow, so it is refused before it is journaled.
 */
final class PolicyBounds {

  /** Beyond it values would not fit their 64 integer bits. */
  private static final long HIGHEST_VALUE_PHA = 1L << 31;

  private static final Duration LONGEST = Duration.ofDays(365);

  /** Those of one developer are looked through with each request. */
  private static final int MOST_QUOTES = 1000;

  /** Used nonces are remembered for so long. */
  static final Duration OLDEST_NONCE = Duration.ofHours(1);

  private static final int LONGEST_LIST = 1_000;

  /** MRENCLAVE or MRTD. */
  private static final String MEASUREMENT = "[0-9a-f]{64}|[0-9a-f]{96}";

  private @Nullable Rejection first;

  private PolicyBounds() {}

  /** The first figure that is out of bounds, if one is. */
  static Optional<Rejection> refusal(Policy policy) {
    PolicyBounds bounds = new PolicyBounds();
    bounds.check(policy.miners());
    bounds.check(policy.assignments());
    bounds.check(policy.gas());
    bounds.number(
        "/access/pendingPerDeveloper", policy.access().pendingPerDeveloper(), 1, Integer.MAX_VALUE);
    bounds.check(policy.gathering());
    bounds.check(policy.rewards());
    bounds.check(policy.moves());
    bounds.check(policy.attestation());
    bounds.check(policy.quotes());
    return Optional.ofNullable(bounds.first);
  }

  private void check(MinerRules rules) {
    number("/miners/minimumPerformance", rules.minimumPerformance(), 0, Integer.MAX_VALUE);
    number("/miners/stakeFactor", rules.stakeFactor(), 0, Integer.MAX_VALUE);
    number("/miners/highestValuePha", rules.highestValuePha(), 0, HIGHEST_VALUE_PHA);
    atLeastNothing("/miners/coolDown", rules.coolDown());
    something("/miners/heartbeatWindow", rules.heartbeatWindow());
    atLeastNothing("/miners/silenceGrace", rules.silenceGrace());
    something("/miners/nextHeartbeatIn", rules.nextHeartbeatIn());
    number("/miners/driftPercent", rules.driftPercent(), 100, 10_000);
    number("/miners/massSilencePercent", rules.massSilencePercent(), 0, 100);
    number("/miners/massSilenceMinimum", rules.massSilenceMinimum(), 1, Integer.MAX_VALUE);
    atLeastNothing("/miners/massSilencePause", rules.massSilencePause());
    number("/miners/strikesToCordon", rules.strikesToCordon(), 1, Integer.MAX_VALUE);
    atLeastNothing("/miners/strikeCordon", rules.strikeCordon());
  }

  private void check(AssignmentRules rules) {
    something("/assignments/acknowledgement", rules.acknowledgement());
    atLeastNothing("/assignments/exclusion", rules.exclusion());
    atLeastNothing("/assignments/headStart", rules.headStart());
    number("/assignments/failuresToEnd", rules.failuresToEnd(), 1, Integer.MAX_VALUE);
    number("/assignments/failureOperators", rules.failureOperators(), 1, Integer.MAX_VALUE);
    atLeastNothing("/assignments/failureReset", rules.failureReset());
  }

  private void check(GasRules rules) {
    number("/gas/treasuryPercent", rules.treasuryPercent(), 0, 100);
    atLeastNothing("/gas/burst", rules.burst());
    something("/gas/settlementPeriod", rules.settlementPeriod());
    number("/gas/retentionDivisor", rules.retentionDivisor(), 1, Integer.MAX_VALUE);
    atLeastNothing("/gas/finalReadingWait", rules.finalReadingWait());
  }

  private void check(GatheringRules rules) {
    atLeastNothing("/gathering/after", rules.after());
    something("/gathering/hold", rules.hold());
    atLeastNothing("/gathering/rest", rules.rest());
    number("/gathering/percent", rules.percent(), 0, 100);
  }

  private void check(QuoteRules rules) {
    number("/quotes/openPerDeveloper", rules.openPerDeveloper(), 0, MOST_QUOTES);
    number("/quotes/minersPerDeveloper", rules.minersPerDeveloper(), 0, Integer.MAX_VALUE);
    number("/quotes/percent", rules.percent(), 0, 100);
    something("/quotes/longest", rules.longest());
    something("/quotes/decision", rules.decision());
  }

  private void check(RewardFigures figures) {
    factor("/rewards/gain", figures.gain(), "1", "100");
    factor("/rewards/rigFactor", figures.rigFactor(), "0", "1000");
    factor("/rewards/growth", figures.growth(), "1", "1.01");
    if (figures.step().compareTo(Duration.ofSeconds(1)) < 0
        || figures.step().compareTo(Duration.ofDays(1)) > 0) {
      refuse("/rewards/step", "must be from PT1S to PT24H");
    }
    factor("/rewards/confidence1", figures.confidence1(), "0", "1");
    factor("/rewards/confidence2", figures.confidence2(), "0", "1");
    factor("/rewards/confidence3", figures.confidence3(), "0", "1");
    factor("/rewards/confidence4", figures.confidence4(), "0", "1");
    factor("/rewards/confidence5", figures.confidence5(), "0", "1");
  }

  private void factor(String pointer, Factor value, String lowest, String highest) {
    if (value.compareTo(Factor.parse(lowest)) < 0 || value.compareTo(Factor.parse(highest)) > 0) {
      refuse(pointer, "must be from " + lowest + " to " + highest);
    }
  }

  private void check(MoveRules rules) {
    atLeastNothing("/moves/grace", rules.grace());
    number("/moves/atOnce", rules.atOnce(), 1, Integer.MAX_VALUE);
    something("/moves/every", rules.every());
  }

  private void check(AttestationRules rules) {
    if (rules.allowedAdvisories().size() > LONGEST_LIST) {
      refuse("/attestation/allowedAdvisories", "must be at most " + LONGEST_LIST);
    }
    boolean readable = rules.measurements().stream().allMatch(m -> m.matches(MEASUREMENT));
    if (!readable || rules.measurements().size() > LONGEST_LIST) {
      refuse(
          "/attestation/measurements",
          "must be at most " + LONGEST_LIST + ", each 64 or 96 lower-case hexadecimal digits");
    }
    something("/attestation/maximumAge", rules.maximumAge());
    something("/attestation/iasFreshness", rules.iasFreshness());
    something("/attestation/nonceAge", rules.nonceAge());
    if (rules.nonceAge().compareTo(OLDEST_NONCE) > 0) {
      refuse("/attestation/nonceAge", "must be at most " + OLDEST_NONCE);
    }
    number("/attestation/minersPerPlatform", rules.minersPerPlatform(), 1, Integer.MAX_VALUE);
    number("/attestation/unprovenPerformance", rules.unprovenPerformance(), 0, Integer.MAX_VALUE);
    something("/attestation/reviewEvery", rules.reviewEvery());
    number("/attestation/reviewsPerSecond", rules.reviewsPerSecond(), 1, 10_000);
  }

  private void number(String pointer, long value, long lowest, long highest) {
    if (value < lowest || value > highest) {
      refuse(pointer, "must be from " + lowest + " to " + highest);
    }
  }

  private void something(String pointer, Duration value) {
    if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(LONGEST) > 0) {
      refuse(pointer, "must be from PT0.001S to " + LONGEST);
    }
  }

  private void atLeastNothing(String pointer, Duration value) {
    if (value.isNegative() || value.compareTo(LONGEST) > 0) {
      refuse(pointer, "must be from PT0S to " + LONGEST);
    }
  }

  private void refuse(String pointer, String detail) {
    if (first == null) {
      first = Rejection.field(Refusal.VALUE_IS_INVALID, pointer, detail);
    }
  }
}
