package io.phalanx.api.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A request that stands in a YAML or JSON file. */
final class RequestFile {
  private static final int MOST_BYTES = 64 * 1024;

  private RequestFile() {}

  /** The one document of that file. */
  static JsonNode read(Path file) throws BadUsageException {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new BadUsageException("--file: more than " + MOST_BYTES + " bytes: " + file);
      }
      JsonNode request =
          new ObjectMapper(
                  YAMLFactory.builder()
                      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                      .build())
              .configure(JsonParser.Feature.ALLOW_COMMENTS, true)
              .readTree(Files.readAllBytes(file));
      if (request == null || !request.isObject()) {
        throw new BadUsageException("--file: not one document with fields: " + file);
      }
      ((ObjectNode) request).remove("$schema"); // for editors only
      return request;
    } catch (JsonProcessingException e) {
      throw new BadUsageException("--file: " + file + ": " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new BadUsageException("--file: " + FileFault.sentence(file, e));
    }
  }
}
