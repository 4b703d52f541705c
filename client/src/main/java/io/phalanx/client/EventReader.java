package io.phalanx.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/** Puts the lines of a stream together; comments and unknown fields are passed over. */
final class EventReader {
  private final ObjectMapper json;
  private String id = "";
  private String kind = "message";
  private final StringBuilder data = new StringBuilder();

  EventReader(ObjectMapper json) {
    this.json = json;
  }

  /**
   * Takes the next line.
   *
   * @return the event that it ends, if it ends one
   */
  Optional<ServerEvent> take(String line) throws JsonProcessingException {
    if (line.isEmpty()) {
      return end();
    }
    int colon = line.indexOf(':');
    String name = colon < 0 ? line : line.substring(0, colon);
    String value = colon < 0 ? "" : line.substring(colon + 1).stripLeading();
    switch (name) {
      case "id" -> id = value;
      case "event" -> kind = value;
      case "data" -> data.append(value);
      default -> {}
    }
    return Optional.empty();
  }

  private Optional<ServerEvent> end() throws JsonProcessingException {
    if (data.isEmpty()) {
      return Optional.empty();
    }
    ServerEvent event = new ServerEvent(id, kind, json.readTree(data.toString()));
    data.setLength(0);
    kind = "message";
    return Optional.of(event);
  }
}
