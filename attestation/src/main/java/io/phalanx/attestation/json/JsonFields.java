package io.phalanx.attestation.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.RejectReason;
import io.phalanx.attestation.RejectedException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One JSON object; what is missing or of another type rejects the evidence. */
public final class JsonFields {
  private static final int MAX_DEPTH = 16;
  private static final int MAX_STRING = 524_288;
  private static final int MAX_NUMBER = 20;
  private static final int MAX_NAME = 64;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(MAX_STRING)
                          .maxNumberLength(MAX_NUMBER)
                          .maxNameLength(MAX_NAME)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final JsonNode object;
  private final RejectReason malformed;

  private JsonFields(JsonNode object, RejectReason malformed) {
    this.object = object;
    this.malformed = malformed;
  }

  /** Reads a text that is one object; what cannot be read is rejected with that reason. */
  public static JsonFields parse(Bytes text, int maxLength, RejectReason malformed)
      throws RejectedException {
    if (text.length() > maxLength) {
      throw new RejectedException(malformed, "The JSON has more than " + maxLength + " bytes.");
    }
    try {
      JsonNode read = MAPPER.readTree(text.toArray());
      if (read == null || !read.isObject()) {
        throw new RejectedException(malformed, "The JSON is not an object.");
      }
      return new JsonFields(read, malformed);
    } catch (JsonProcessingException notJson) {
      throw new RejectedException(
          malformed, "It is not JSON: " + notJson.getOriginalMessage() + ".");
    } catch (IOException impossible) {
      throw new IllegalStateException("bytes in memory can be read", impossible);
    }
  }

  /** Whether a field is there and not null. */
  public boolean has(String name) {
    return object.hasNonNull(name);
  }

  /** A string. */
  public String text(String name) throws RejectedException {
    JsonNode field = object.path(name);
    if (!field.isTextual()) {
      throw fault(name, "a string");
    }
    return field.textValue();
  }

  /** A string, or the other text where there is none. */
  public String text(String name, String otherwise) throws RejectedException {
    return has(name) ? text(name) : otherwise;
  }

  /** Bytes in hexadecimal digits. */
  public Bytes hex(String name) throws RejectedException {
    return Bytes.ofHex(text(name)).orElseThrow(() -> fault(name, "hexadecimal digits"));
  }

  /** So many bytes in hexadecimal digits. */
  public Bytes hex(String name, int length) throws RejectedException {
    Bytes bytes = hex(name);
    if (bytes.length() != length) {
      throw fault(name, length + " bytes in hexadecimal digits");
    }
    return bytes;
  }

  /** An integer from 0 to a bound, included. */
  public int integer(String name, int max) throws RejectedException {
    JsonNode field = object.path(name);
    if (!field.isInt() || field.intValue() < 0 || field.intValue() > max) {
      throw fault(name, "an integer within 0 and " + max);
    }
    return field.intValue();
  }

  /** A point in time as in RFC 3339. */
  public Instant time(String name) throws RejectedException {
    try {
      return Instant.parse(text(name));
    } catch (DateTimeException notATime) {
      throw fault(name, "a time");
    }
  }

  /** An object. */
  public JsonFields object(String name) throws RejectedException {
    JsonNode field = object.path(name);
    if (!field.isObject()) {
      throw fault(name, "an object");
    }
    return new JsonFields(field, malformed);
  }

  /** An array of at most so many objects; absent is none. */
  public List<JsonFields> objects(String name, int max) throws RejectedException {
    List<JsonFields> objects = new ArrayList<>();
    for (JsonNode element : elements(name, max)) {
      if (!element.isObject()) {
        throw fault(name, "an array of objects");
      }
      objects.add(new JsonFields(element, malformed));
    }
    return objects;
  }

  /** An array of at most so many short strings; absent is none. */
  public List<String> texts(String name, int max) throws RejectedException {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : elements(name, max)) {
      if (!element.isTextual() || element.textValue().length() > MAX_NAME) {
        throw fault(name, "an array of short strings");
      }
      texts.add(element.textValue());
    }
    return texts;
  }

  private JsonNode elements(String name, int max) throws RejectedException {
    JsonNode field = object.path(name);
    if (field.isMissingNode() || field.isNull()) {
      return field;
    }
    if (!field.isArray() || field.size() > max) {
      throw fault(name, "an array of at most " + max);
    }
    return field;
  }

  /** A rejection that names a field. */
  public RejectedException fault(String name, String expected) {
    return new RejectedException(malformed, "Its field " + name + " is not " + expected + ".");
  }

  /** A field that is there only sometimes. */
  public Optional<String> optionalText(String name) throws RejectedException {
    return has(name) ? Optional.of(text(name)) : Optional.empty();
  }
}
