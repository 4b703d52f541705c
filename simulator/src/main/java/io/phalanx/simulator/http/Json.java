package io.phalanx.simulator.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;

/** JSON in and out, by streaming where there is much of it. */
public final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

  private Json() {}

  /** What writes one document. */
  public interface Writer {
    void write(JsonGenerator json) throws IOException;
  }

  /** What is told of each field of an object; the parser stands on the value. */
  public interface Fields {
    void field(String name, JsonParser value) throws IOException;
  }

  /** The tree, or a missing node for what is no JSON. */
  public static JsonNode parse(Buffer body) {
    try {
      JsonNode node = MAPPER.readTree(body.getBytes());
      return node == null ? MissingNode.getInstance() : node;
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  /** Reads the fields of one object; what {@link Fields#field} leaves unread is skipped. */
  public static void fields(JsonParser json, Fields fields) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      fields.field(name, json);
      json.skipChildren();
    }
  }

  /** Streams over one document that is an object; false when it is no JSON, or no object. */
  public static boolean read(String document, Fields fields) {
    try (JsonParser json = FACTORY.createParser(document)) {
      return read(json, fields);
    } catch (IOException e) {
      return false;
    }
  }

  /** Streams over one document that is an object; false when it is no JSON, or no object. */
  public static boolean read(Buffer document, Fields fields) {
    try (JsonParser json = FACTORY.createParser(document.getBytes())) {
      return read(json, fields);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean read(JsonParser json, Fields fields) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      return false;
    }
    fields(json, fields);
    return true;
  }

  /** An object whose fields are written by the caller. */
  public static Buffer object(Writer writer) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.writeStartObject();
      writer.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return Buffer.buffer(out.toByteArray());
  }

  /** A decimal string or a number as an integer; 0 for anything else. */
  public static BigInteger amount(JsonNode node) {
    String text = node.asText("");
    return text.matches("\\d{1,30}") ? new BigInteger(text) : BigInteger.ZERO;
  }

  public static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (IOException e) {
      throw new UncheckedIOException("a record is always JSON", e);
    }
  }
}
