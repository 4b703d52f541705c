package io.phalanx.scheduler.unit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * An exact decimal figure of the policy that is neither money nor a count.
 *
 * @param value 0 or more, without trailing zeros
 */
public record Factor(BigDecimal value) implements Comparable<Factor> {
  private static final Pattern FORM = Pattern.compile("(0|[1-9][0-9]{0,8})(\\.[0-9]{1,18})?");

  /** Refuses a negative figure; equal figures are equal records. */
  public Factor {
    if (value.signum() < 0) {
      throw new IllegalArgumentException("negative: " + value);
    }
    value = value.stripTrailingZeros();
  }

  /**
   * Parses the wire form: at most nine digits before the point and eighteen behind it.
   *
   * @throws IllegalArgumentException if it is none
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Factor parse(String decimal) {
    if (!FORM.matcher(decimal).matches()) {
      throw new IllegalArgumentException("no decimal figure: " + decimal);
    }
    return new Factor(new BigDecimal(decimal));
  }

  @Override
  public int compareTo(Factor other) {
    return value.compareTo(other.value);
  }

  /** The wire form. */
  @Override
  @JsonValue
  public String toString() {
    return value.toPlainString();
  }
}
