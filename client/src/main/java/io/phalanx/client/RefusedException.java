package io.phalanx.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The service answered, and did not do it. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String problem;
  private final List<String> faults;

  RefusedException(int status, JsonNode body) {
    super(sentence(status, body));
    this.status = status;
    this.problem = body.path("type").asText("").replace("/problems/", "");
    this.faults = faults(body);
  }

  /** The HTTP status, 4xx or 5xx. */
  public int status() {
    return status;
  }

  /** The problem's name, such as {@code insufficient-balance}; empty when it has none. */
  public String problem() {
    return problem;
  }

  /** Every fault of the request: where, and what. */
  public List<String> faults() {
    return faults;
  }

  private static String sentence(int status, JsonNode body) {
    String detail = body.path("detail").asText("");
    String title = body.path("title").asText("");
    String said = detail.isEmpty() ? title : detail;
    return said.isEmpty() ? "the service answered " + status : said;
  }

  private static List<String> faults(JsonNode body) {
    List<String> faults = new ArrayList<>();
    for (JsonNode fault : body.path("errors")) {
      faults.add(fault.path("pointer").asText("") + ": " + fault.path("detail").asText(""));
    }
    return List.copyOf(faults);
  }
}
