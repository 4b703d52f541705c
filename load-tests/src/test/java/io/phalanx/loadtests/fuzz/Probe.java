package io.phalanx.loadtests.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sends requests and holds every answer against what all answers must be like. */
final class Probe {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration HANG = Duration.ofSeconds(30);
  private static final int NAMED = 30;
  private static final int SHOWN = 160;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final SortedMap<Integer, Integer> statuses = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private final URI url;
  private int sent;

  Probe(URI url) {
    this.url = url;
  }

  /**
   * Posts a body.
   *
   * @param documented statuses that the contract names for it
   * @return the answer's status, 0 when there was none
   */
  int post(String path, byte[] body, Set<Integer> documented) throws InterruptedException {
    sent++;
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve(path))
            .timeout(HANG)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      statuses.merge(answer.statusCode(), 1, Integer::sum);
      check(path, body, answer, documented);
      return answer.statusCode();
    } catch (IOException e) {
      fault(path, body, "no answer: " + e);
      return 0;
    }
  }

  /** The document at a path, which must be there. */
  JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(url.resolve(path)).timeout(HANG).build();
    HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException(path + " answered " + answer.statusCode());
    }
    return JSON.readTree(answer.body());
  }

  /** Posts what must succeed, and returns the answer. */
  JsonNode make(String path, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve(path))
            .timeout(HANG)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(path + " answered " + answer.statusCode() + " " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  /** Says that something was not as it must be. */
  void fault(String path, byte[] body, String what) {
    if (faults.size() < NAMED) {
      String text = new String(body, StandardCharsets.UTF_8);
      faults.add(
          "POST " + path + " " + text.substring(0, Math.min(SHOWN, text.length())) + ": " + what);
    }
  }

  List<String> faults() {
    return faults;
  }

  SortedMap<Integer, Integer> statuses() {
    return statuses;
  }

  int sent() {
    return sent;
  }

  private void check(
      String path, byte[] body, HttpResponse<byte[]> answer, Set<Integer> documented) {
    int status = answer.statusCode();
    if (status >= 500 && !(status == 503 && documented.contains(503))) {
      fault(path, body, status + " " + new String(answer.body(), StandardCharsets.UTF_8));
    } else if (!documented.contains(status)) {
      fault(path, body, status + " is not in the contract");
    }
    String type = answer.headers().firstValue("content-type").orElse("none");
    if (status >= 400 && !type.startsWith("application/problem+json")) {
      fault(path, body, status + " came as " + type);
    }
    try {
      checkDocument(path, body, status, JSON.readTree(answer.body()));
    } catch (IOException e) {
      fault(path, body, status + " came with a body that is no JSON");
    }
  }

  private void checkDocument(String path, byte[] body, int status, JsonNode document) {
    if (status < 400) {
      return;
    }
    boolean whole =
        document.path("type").asText().startsWith("/problems/")
            && document.path("status").asInt() == status
            && !document.path("title").asText().isEmpty();
    if (!whole) {
      fault(path, body, status + " came with " + document);
    }
    if (document.toString().contains("\tat ") || document.toString().contains("Exception")) {
      fault(path, body, "the answer shows the code: " + document);
    }
  }
}
