package io.phalanx.api.json;

import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

/** Writes JSON to bytes without a tree or reflection in between. */
public final class JsonBytes {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_CONTENT).build();

  private JsonBytes() {}

  /** What the writer writes, as UTF-8. */
  public static byte[] write(Consumer<JsonGenerator> writer) {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder(FACTORY._getBufferRecycler());
        JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      writer.accept(json);
      json.flush();
      return bytes.toByteArray();
    }
  }
}
