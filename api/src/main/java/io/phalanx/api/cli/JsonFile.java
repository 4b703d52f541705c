package io.phalanx.api.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.scheduler.proof.SchedulerKeys;
import io.phalanx.scheduler.proof.VerifyingKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads answers of the service from files; a name that stands twice is refused. */
final class JsonFile {
  private static final long MOST_BYTES = 64 << 20;

  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonFile() {}

  /**
   * The object in a file.
   *
   * @throws BadFileException naming the file
   */
  static ObjectNode object(@Nullable Path file) {
    try {
      if (STRICT.readTree(bytes(file)) instanceof ObjectNode object) {
        return object;
      }
      throw new BadFileException(file + " holds no JSON object");
    } catch (JsonProcessingException e) {
      throw new BadFileException(file + " is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new BadFileException(FileFault.sentence(file, e));
    }
  }

  /**
   * The scheduler's keys: the answer of its endpoint, or a bare public key in hex.
   *
   * @throws BadFileException naming the file
   */
  static SchedulerKeys schedulerKeys(@Nullable Path file) {
    try {
      String text = new String(bytes(file), UTF_8).strip();
      if (!text.startsWith("{")) {
        return SchedulerKeys.of(new VerifyingKey(text));
      }
      JsonNode answer = object(file);
      return SchedulerKeys.parse(answer);
    } catch (IllegalArgumentException e) {
      throw new BadFileException(file + " holds no scheduler key: " + e.getMessage());
    } catch (IOException e) {
      throw new BadFileException(FileFault.sentence(file, e));
    }
  }

  private static byte[] bytes(@Nullable Path file) throws IOException {
    if (file == null) {
      throw new IllegalStateException("picocli has checked that the file is named");
    }
    if (Files.size(file) > MOST_BYTES) {
      throw new BadFileException(file + " is larger than any answer of the service");
    }
    return Files.readAllBytes(file);
  }
}
