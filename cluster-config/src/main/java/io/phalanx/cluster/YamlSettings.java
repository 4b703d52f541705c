package io.phalanx.cluster;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One YAML file as a flat map, levels joined by dots. */
final class YamlSettings {
  /** No configuration comes near it, and the parser holds all of it in memory. */
  static final long MAX_FILE_BYTES = 1 << 20;

  private static final ObjectReader READER =
      YAMLMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .reader();

  private final Map<String, String> found = new TreeMap<>();
  private final List<String> faults;

  private YamlSettings(List<String> faults) {
    this.faults = faults;
  }

  /** What the file says; what cannot be read is added to {@code faults}. */
  static Map<String, String> read(Path file, List<String> faults) {
    YamlSettings settings = new YamlSettings(faults);
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        faults.add(file + ": larger than " + MAX_FILE_BYTES + " bytes");
      } else {
        settings.readTree(file, READER.readTree(Files.readAllBytes(file)));
      }
    } catch (JsonProcessingException e) {
      faults.add(file + ": " + oneLine(e));
    } catch (NoSuchFileException e) {
      faults.add(file + ": there is no such file");
    } catch (IOException e) {
      faults.add(file + ": cannot be read: " + e.getMessage());
    }
    return settings.found;
  }

  private void readTree(Path file, JsonNode root) {
    if (root.isObject()) {
      flatten("", root);
    } else if (!root.isMissingNode() && !root.isNull()) { // nothing but comments is fine
      faults.add(file + ": must consist of keys and values");
    }
  }

  private void flatten(String prefix, JsonNode node) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String key = prefix + entry.getKey();
      JsonNode value = entry.getValue();
      if (value.isObject() && !Setting.withKey(key).isPresent()) {
        flatten(key + ".", value);
      } else if (value.isNull()) {
        faults.add(key + ": has no value");
      } else if (value.isContainerNode()) {
        faults.add(key + ": must be one value");
      } else if (found.put(key, value.asText()) != null) {
        faults.add(key + ": is there twice");
      }
    }
  }

  private static String oneLine(JsonProcessingException fault) {
    String where =
        fault.getLocation() == null ? "" : "line " + fault.getLocation().getLineNr() + ": ";
    return where + fault.getOriginalMessage().strip().replaceAll("\\s+", " ");
  }
}
