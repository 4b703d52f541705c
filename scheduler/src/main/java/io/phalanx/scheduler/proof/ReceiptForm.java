package io.phalanx.scheduler.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a receipt strictly: each in its one form. */
record ReceiptForm(JsonNode shown) {
  static final String LEAF_INDEX = "leafIndex";

  private static final Pattern MONEY = Pattern.compile("0|[1-9][0-9]{0,29}");
  private static final long MOST = (1L << 53) - 1;

  String text(String name) {
    JsonNode value = shown.path(name);
    if (!value.isTextual()) {
      throw new IllegalArgumentException(name + " is no text");
    }
    return value.textValue();
  }

  @Nullable String textOrNull(String name) {
    return shown.path(name).isNull() ? null : text(name);
  }

  long integer(String name) {
    JsonNode value = shown.path(name);
    boolean isInteger = value.isIntegralNumber() && value.canConvertToLong();
    if (!isInteger || value.longValue() < 0 || value.longValue() > MOST) {
      throw new IllegalArgumentException(name + " is no integer from 0 to 2^53 − 1");
    }
    return value.longValue();
  }

  BigInteger money(String name) {
    String digits = text(name);
    if (!MONEY.matcher(digits).matches()) {
      throw new IllegalArgumentException(name + " is no amount of money");
    }
    return new BigInteger(digits);
  }

  void checkNothingElse(ObjectNode known) {
    Iterator<String> names = shown.fieldNames();
    while (names.hasNext()) {
      String name = names.next();
      if (!known.has(name) && !name.equals(LEAF_INDEX)) {
        throw new IllegalArgumentException("a receipt has no " + name);
      }
    }
  }
}
