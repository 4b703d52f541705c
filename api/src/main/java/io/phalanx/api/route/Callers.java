package io.phalanx.api.route;

import io.phalanx.api.http.Call;
import io.phalanx.scheduler.unit.Amount;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, in open mode: whoever it says it is. With {@code X-Developer} a caller acts strictly
 * as that developer; without, it creates as {@code dev} and every role is open to it.
 */
final class Callers {
  /** What a developer that is unknown so far starts with in open mode. */
  static final Amount STARTING_BALANCE = new Amount(BigInteger.TEN.pow(24));

  private static final String ANONYMOUS = "dev";

  private Callers() {}

  /** As whom the call creates. */
  static String creator(Call call) {
    String developer = call.headers().developer();
    return developer == null ? ANONYMOUS : developer;
  }

  /** The only developer whose things the call may touch; null when it may touch everybody's. */
  static @Nullable String confinedTo(Call call) {
    return call.headers().developer();
  }

  /** Whether the call may see or touch what is that developer's. */
  static boolean may(Call call, String developer) {
    String only = confinedTo(call);
    return only == null || only.equals(developer);
  }

  /** Tells callers apart for idempotency keys. */
  static String scope(Call call) {
    return creator(call);
  }
}
