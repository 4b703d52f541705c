package io.phalanx.scheduler.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The one byte form of a JSON value after RFC 8785: members by the UTF-16 units of their names, no
 * white space, the shortest escapes. Of numbers only integers that every JSON reader keeps exactly.
 */
public final class CanonicalJson {

  private static final long MOST = (1L << 53) - 1;

  private final StringBuilder text = new StringBuilder(512);

  private CanonicalJson() {}

  /**
   * The canonical bytes.
   *
   * @throws IllegalArgumentException for a number that is no integer within ±(2^53 − 1), and for
   *     text that has half a surrogate pair
   */
  public static byte[] of(JsonNode value) {
    CanonicalJson writer = new CanonicalJson();
    writer.write(value);
    return writer.text.toString().getBytes(UTF_8);
  }

  /**
   * An object that is written without a tree of it: for what is written often. Its members come in
   * the order of their names, which are plain ASCII.
   */
  static final class Members {
    private final CanonicalJson writer = new CanonicalJson();
    private char before = '{';

    Members text(String name, @Nullable String value) {
      name(name);
      if (value == null) {
        writer.text.append("null");
      } else {
        writer.writeString(value);
      }
      return this;
    }

    Members integer(String name, long value) {
      name(name);
      writer.writeInteger(value);
      return this;
    }

    /** The canonical bytes; at least one member must have been written. */
    byte[] bytes() {
      return writer.text.append('}').toString().getBytes(UTF_8);
    }

    private void name(String name) {
      writer.text.append(before).append('"').append(name).append("\":");
      before = ',';
    }
  }

  private void write(JsonNode value) {
    switch (value.getNodeType()) {
      case OBJECT -> writeObject(value);
      case ARRAY -> writeArray(value);
      case STRING -> writeString(value.textValue());
      case NUMBER -> writeNumber(value);
      case BOOLEAN, NULL -> text.append(value.asText());
      case BINARY, MISSING, POJO -> throw new IllegalArgumentException("not JSON: " + value);
    }
  }

  private void writeObject(JsonNode object) {
    TreeMap<String, JsonNode> members = new TreeMap<>();
    object.fields().forEachRemaining(member -> members.put(member.getKey(), member.getValue()));
    char before = '{';
    for (var member : members.entrySet()) {
      text.append(before);
      writeString(member.getKey());
      text.append(':');
      write(member.getValue());
      before = ',';
    }
    text.append(members.isEmpty() ? "{}" : "}");
  }

  private void writeArray(JsonNode array) {
    text.append('[');
    Iterator<JsonNode> elements = array.elements();
    while (elements.hasNext()) {
      write(elements.next());
      if (elements.hasNext()) {
        text.append(',');
      }
    }
    text.append(']');
  }

  private void writeNumber(JsonNode number) {
    if (!number.isIntegralNumber() || !number.canConvertToLong()) {
      throw new IllegalArgumentException("not an exact integer: " + number);
    }
    writeInteger(number.longValue());
  }

  private void writeInteger(long value) {
    if (value < -MOST || value > MOST) {
      throw new IllegalArgumentException("beyond 2^53 − 1: " + value);
    }
    text.append(value);
  }

  private void writeString(String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char unit = string.charAt(i);
      if (Character.isSurrogate(unit)) {
        checkPair(string, i, unit);
      }
      writeUnit(unit);
    }
    text.append('"');
  }

  private static void checkPair(String string, int at, char unit) {
    int other = Character.isHighSurrogate(unit) ? at + 1 : at - 1;
    boolean isPaired =
        other >= 0
            && other < string.length()
            && Character.isSurrogate(string.charAt(other))
            && Character.isHighSurrogate(string.charAt(other)) != Character.isHighSurrogate(unit);
    if (!isPaired) {
      throw new IllegalArgumentException("half a surrogate pair");
    }
  }

  private void writeUnit(char unit) {
    switch (unit) {
      case '"' -> text.append("\\\"");
      case '\\' -> text.append("\\\\");
      case '\b' -> text.append("\\b");
      case '\t' -> text.append("\\t");
      case '\n' -> text.append("\\n");
      case '\f' -> text.append("\\f");
      case '\r' -> text.append("\\r");
      default -> {
        if (unit < ' ') {
          text.append("\\u%04x".formatted((int) unit));
        } else {
          text.append(unit);
        }
      }
    }
  }
}
