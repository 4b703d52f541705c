package io.phalanx.scheduler.deployment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The confidence levels a deployment accepts.
 *
 * @param mask bit t is set when tier t (1 best to 5) is accepted; never empty
 */
public record Tiers(int mask) {

  private static final int ALL = 0b111110;

  /** The tiers of each mask. Each is asked for very often. */
  private static final List<List<Integer>> LISTS =
      IntStream.rangeClosed(0, ALL)
          .mapToObj(
              mask ->
                  IntStream.rangeClosed(1, 5).filter(t -> (mask >> t & 1) == 1).boxed().toList())
          .toList();

  /** Refuses an empty set and any tier outside 1..5. */
  public Tiers {
    if (mask == 0 || (mask & ~ALL) != 0) {
      throw new IllegalArgumentException("tiers " + Integer.toBinaryString(mask));
    }
  }

  /** The set of those tiers. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Tiers of(List<Integer> tiers) {
    return new Tiers(tiers.stream().mapToInt(tier -> 1 << tier).reduce(0, (a, b) -> a | b));
  }

  /** Whether the tier is one of them. */
  public boolean accept(int tier) {
    return (mask >> tier & 1) == 1;
  }

  /** The tiers, best first. */
  @JsonValue
  public List<Integer> list() {
    return LISTS.get(mask);
  }
}
