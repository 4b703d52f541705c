package io.phalanx.scheduler.proof;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler's own keys, oldest first. Each signs what is of a time from its first instant on
 * and before that of the next, whenever it is signed: so every node that has them makes the same
 * bytes, and so does one that builds its log again.
 *
 * @param keys at least one; the oldest has always been valid
 */
public record SigningKeys(List<Dated> keys) {

  /**
   * One of them.
   *
   * @param from the first instant it signs for; none for the oldest
   * @param key what it signs with
   */
  public record Dated(@Nullable Instant from, SigningKey key) {

    private boolean isValidFrom(long atMs) {
      return from == null || from.toEpochMilli() <= atMs;
    }
  }

  /**
   * Copies and checks them.
   *
   * @throws IllegalArgumentException unless their times rise, and they differ
   */
  public SigningKeys {
    keys = List.copyOf(keys);
    if (keys.isEmpty() || keys.get(0).from() != null) {
      throw new IllegalArgumentException("the oldest key has no first instant");
    }
    for (int i = 1; i < keys.size(); i++) {
      checkFollows(keys.get(i - 1), keys.get(i));
    }
    if (keys.stream().map(dated -> dated.key().keyId()).distinct().count() < keys.size()) {
      throw new IllegalArgumentException("a key is there twice");
    }
  }

  private static void checkFollows(Dated earlier, Dated later) {
    Instant from = later.from();
    if (from == null) {
      throw new IllegalArgumentException("every key but the oldest needs a first instant");
    }
    if (earlier.from() != null && !earlier.from().isBefore(from)) {
      throw new IllegalArgumentException("keys are in the order of their first instants");
    }
  }

  /** A single key that has always been valid. */
  public static SigningKeys of(SigningKey key) {
    return new SigningKeys(List.of(new Dated(null, key)));
  }

  /** The key that signs what is of that time, Unix milliseconds. */
  public SigningKey at(long atMs) {
    SigningKey valid = oldest();
    for (Dated dated : keys) {
      if (dated.isValidFrom(atMs)) {
        valid = dated.key();
      }
    }
    return valid;
  }

  /** The key that was there first, which stays the same whatever keys are added. */
  public SigningKey oldest() {
    return keys.get(0).key();
  }

  /** What checks their signatures. */
  public SchedulerKeys verifying() {
    List<SchedulerKeys.Key> shown = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      Dated dated = keys.get(i);
      Instant until = i + 1 < keys.size() ? keys.get(i + 1).from() : null;
      VerifyingKey key = dated.key().verifyingKey();
      shown.add(new SchedulerKeys.Key(key.hex(), key, dated.from(), until));
    }
    return new SchedulerKeys(shown);
  }
}
