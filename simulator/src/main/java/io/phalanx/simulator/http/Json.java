package io.phalanx.simulator.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
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

  /** The tree, or a missing node for what is no JSON. */
  public static JsonNode parse(Buffer body) {
    try {
      JsonNode node = MAPPER.readTree(body.getBytes());
      return node == null ? MissingNode.getInstance() : node;
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  public static JsonParser parser(byte[] bytes) throws IOException {
    return FACTORY.createParser(bytes);
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
