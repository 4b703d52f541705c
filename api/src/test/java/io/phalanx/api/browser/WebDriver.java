package io.phalanx.api.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** One session of the W3C WebDriver protocol: a command is an HTTP request, its answer JSON. */
final class WebDriver {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int OK = 200;

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI driver;
  private final String session;

  /** Opens a session with those capabilities. */
  WebDriver(URI driver, Map<String, ?> capabilities) {
    this.driver = driver;
    JsonNode opened =
        send("POST", "/session", Map.of("capabilities", Map.of("alwaysMatch", capabilities)));
    this.session = "/session/" + opened.path("sessionId").asString();
  }

  /** A command of this session that was refused. */
  static final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandFailedException(String message) {
      super(message);
    }
  }

  JsonNode get(String command) {
    return send("GET", session + command, null);
  }

  JsonNode post(String command, Map<String, ?> body) {
    return send("POST", session + command, body);
  }

  void delete() {
    send("DELETE", session, null);
  }

  private JsonNode send(
      String method, String path, @org.jspecify.annotations.Nullable Object body) {
    HttpRequest.BodyPublisher sent =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
    HttpRequest request =
        HttpRequest.newBuilder(driver.resolve(path)).timeout(PATIENCE).method(method, sent).build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      JsonNode value = JSON.readTree(answer.body()).path("value");
      if (answer.statusCode() != OK) {
        throw new CommandFailedException(
            value.path("error").asString("") + ": " + value.path("message").asString(""));
      }
      return value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
