package io.phalanx.api.support;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * An answer as it came.
 *
 * @param status HTTP status; 0 when the connection was closed instead
 * @param headers by name in lower case
 * @param body as text
 */
public record RawAnswer(int status, Map<String, String> headers, String body) {
  /** The connection was closed. */
  public static final RawAnswer NONE = new RawAnswer(0, Map.of(), "");

  private static final ObjectMapper JSON = new ObjectMapper();

  static RawAnswer of(String head) {
    String[] lines = head.split("\r\n", -1);
    Map<String, String> headers = new TreeMap<>();
    for (int i = 1; i < lines.length - 2; i++) {
      int colon = lines[i].indexOf(':');
      String name = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
      headers.put(name, lines[i].substring(colon + 1).strip());
    }
    return new RawAnswer(Integer.parseInt(lines[0].split(" ", -1)[1]), headers, "");
  }

  RawAnswer withBody(String text) {
    return new RawAnswer(status, headers, text);
  }

  int contentLength() {
    return Integer.parseInt(headers.getOrDefault("content-length", "0"));
  }

  /** A header's value; empty when there is none. */
  public String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  /** The body as JSON. */
  public JsonNode json() {
    return JSON.readTree(body);
  }

  /** The NAME of a problem. */
  public String problem() {
    return json().path("type").asString("").replace("/problems/", "");
  }
}
