package io.phalanx.scheduler.decide;

import io.phalanx.scheduler.event.SystemEvent.ReferencePriceMoved;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.state.State;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Watches the median ask; the reference price follows it at most once a day. */
final class PriceWatch {

  private static final long BETWEEN_LOOKS_MS = Duration.ofMinutes(1).toMillis();
  private static final long BETWEEN_MOVES_MS = Duration.ofDays(1).toMillis();
  private static final int ENOUGH_MINERS = 20;

  /** It moves when it is off by more than one part in so many: 10 %. */
  private static final int TOLERANCE = 10;

  private long lastLookMs = Long.MIN_VALUE / 2;

  Optional<ReferencePriceMoved> look(State state, long atMs) {
    long movedAtMs = state.market().referencePriceAtMs();
    if (atMs - lastLookMs < BETWEEN_LOOKS_MS
        || (movedAtMs > 0 && atMs - movedAtMs < BETWEEN_MOVES_MS)
        || state.miners().count() < ENOUGH_MINERS) {
      return Optional.empty();
    }
    lastLookMs = atMs;
    long[] asks =
        state.miners().all().stream()
            .filter(miner -> miner.state().takesPart())
            .map(Miner::gasPrice)
            .mapToLong(price -> price.clamped())
            .sorted()
            .toArray();
    if (asks.length < ENOUGH_MINERS) {
      return Optional.empty();
    }
    long median =
        Math.max(1, Arrays.stream(asks).skip((asks.length - 1) / 2).findFirst().orElse(1));
    long now = state.market().referencePrice();
    return Math.abs(median - now) * TOLERANCE > now
        ? Optional.of(new ReferencePriceMoved(median))
        : Optional.empty();
  }
}
