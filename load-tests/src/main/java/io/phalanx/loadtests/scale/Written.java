package io.phalanx.loadtests.scale;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * A deployment that was taken.
 *
 * @param path under which it is found
 * @param position of the journal that its answer named
 */
record Written(String path, long position) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** Posts one to that node, as the developer that every load is of. */
  static Written to(URI node, byte[] body) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(node.resolve("/v1/deployments"))
            .header("Content-Type", "application/json")
            .header("X-Developer", "load")
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    try {
      HttpResponse<String> answer = CLIENT.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 201) {
        throw new IllegalStateException("not taken: " + answer.statusCode() + " " + answer.body());
      }
      String id = JSON.readTree(answer.body()).path("id").asText();
      long position = answer.headers().firstValueAsLong("Journal-Position").orElseThrow();
      return new Written("/v1/deployments/" + id, position);
    } catch (IOException e) {
      throw new UncheckedIOException("a deployment could not be posted", e);
    }
  }
}
