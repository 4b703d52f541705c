package io.phalanx.api.json;

import java.math.BigDecimal;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads JSON the way a service must that is open to anyone: one value, strict UTF-8, every limit
 * enforced while reading, nothing that two readers could understand differently.
 *
 * <p>Whatever the bytes are, the answer is a {@link Parsed}; no exception leaves, and depth is
 * limited long before the stack is.
 */
public final class StrictJson {
  /** How deep arrays and objects may nest. */
  public static final int MAX_DEPTH = 16;

  /** Length of a string value, in UTF-16 units. */
  public static final int MAX_STRING = 65_536;

  /** Characters of a number, sign included. */
  public static final int MAX_NUMBER = 20;

  /** Length of a field's name, in UTF-16 units. */
  public static final int MAX_NAME = 64;

  /** Every number of so many digits before the point fits a {@code long}. */
  private static final int LONG_DIGITS = 18;

  /** Stands for what is greater; as refused as any number with a fraction. */
  private static final BigDecimal CUT = new BigDecimal("999999999999999999.5");

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_STRING)
                  .maxNumberLength(MAX_NUMBER)
                  .maxNameLength(MAX_NAME)
                  .build())
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private final JsonParser parser;
  private boolean hasFractions;

  private StrictJson(JsonParser parser) {
    this.parser = parser;
  }

  /** Reads one JSON value that takes up the whole text. */
  public static Parsed parse(byte[] text) {
    if (text.length >= 3 && text[0] == (byte) 0xEF && text[1] == (byte) 0xBB) {
      return new Parsed.Malformed("The text starts with a byte order mark; JSON has none.", 0);
    }
    int fault = Utf8.firstFault(text);
    if (fault >= 0) {
      String what = text[fault] == 0 ? "A NUL byte" : "Invalid UTF-8";
      return new Parsed.Malformed(what + " at byte " + fault + ".", fault);
    }
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      return new StrictJson(parser).document();
    } catch (Refused refused) {
      return new Parsed.Malformed(refused.sentence, refused.offset);
    } catch (StreamConstraintsException tooMuch) {
      return new Parsed.Malformed(limitSentence(tooMuch), offset(tooMuch));
    } catch (JacksonException syntax) {
      return new Parsed.Malformed(syntaxSentence(syntax), offset(syntax));
    }
  }

  private Parsed document() {
    JsonToken first = parser.nextToken();
    if (first == null) {
      return new Parsed.Malformed("The body is empty; a JSON document is expected.", 0);
    }
    JsonNode root = value(first);
    if (parser.nextToken() != null) {
      return new Parsed.Malformed(
          "Something follows the end of the JSON document.",
          parser.currentTokenLocation().getByteOffset());
    }
    return new Parsed.Document(root, hasFractions);
  }

  private JsonNode value(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> NODES.stringNode(checked(parser.getString(), MAX_STRING));
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> fraction();
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("a value cannot start with " + token);
    };
  }

  private JsonNode object() {
    ObjectNode object = NODES.objectNode();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      checked(name, MAX_NAME);
      JsonNode before = object.replace(name, value(parser.nextToken()));
      if (before != null) {
        throw new Refused(parser, "The field '" + name + "' is given twice.");
      }
    }
    return object;
  }

  private JsonNode array() {
    ArrayNode array = NODES.arrayNode();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      array.add(value(token));
    }
    return array;
  }

  /** A number that fits no {@code long} is cut: the schema's validator throws on such a one. */
  private JsonNode fraction() {
    hasFractions = true;
    BigDecimal value = parser.getDecimalValue();
    boolean fits = (long) value.precision() - value.scale() <= LONG_DIGITS;
    return NODES.numberNode(fits ? value : value.signum() < 0 ? CUT.negate() : CUT);
  }

  private JsonNode integer() {
    return switch (parser.getNumberType()) {
      case INT -> NODES.numberNode(parser.getIntValue());
      case LONG -> NODES.numberNode(parser.getLongValue());
      case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> NODES.numberNode(parser.getBigIntegerValue());
    };
  }

  /** Jackson's limits hold only roughly for strings, and it lets escaped lone surrogates pass. */
  private String checked(String text, int maxLength) {
    if (text.length() > maxLength) {
      throw new Refused(parser, "A string is longer than " + maxLength + " characters.");
    }
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      boolean paired =
          Character.isHighSurrogate(unit)
              ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
              : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
      if (Character.isSurrogate(unit) && !paired) {
        throw new Refused(parser, "A string holds half of a surrogate pair.");
      }
    }
    return text;
  }

  private static long offset(JacksonException fault) {
    return fault.getLocation() == null ? 0 : Math.max(0, fault.getLocation().getByteOffset());
  }

  private static String limitSentence(JacksonException fault) {
    String message = fault.getOriginalMessage().toLowerCase(Locale.ROOT);
    if (message.contains("nesting depth")) {
      return "Arrays and objects nest deeper than " + MAX_DEPTH + ".";
    }
    if (message.contains("name length") || message.contains("name ")) {
      return "A field's name is longer than " + MAX_NAME + " characters.";
    }
    if (message.contains("number")) {
      return "A number has more than " + MAX_NUMBER + " characters.";
    }
    return "A string is longer than " + MAX_STRING + " characters.";
  }

  /** Jackson's sentence without its advice on parser features, which a client cannot set. */
  private static String syntaxSentence(JacksonException fault) {
    String message = fault.getOriginalMessage();
    int end = message.length();
    for (String stop : new String[] {"\n", "(start marker", "(for ", ": maybe", ": enable"}) {
      int at = message.indexOf(stop);
      end = at > 0 ? Math.min(end, at) : end;
    }
    String sentence = message.substring(0, Math.min(end, 160)).strip();
    return "Not JSON at byte " + offset(fault) + ": " + sentence + ".";
  }

  /** Ends the reading from any depth; it never leaves this class. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String sentence;
    private final long offset;

    Refused(JsonParser parser, String sentence) {
      super(sentence, null, false, false);
      this.sentence = sentence;
      this.offset = parser.currentTokenLocation().getByteOffset();
    }
  }
}
