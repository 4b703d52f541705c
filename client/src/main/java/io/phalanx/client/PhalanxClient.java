package io.phalanx.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Calls one service. Bodies are JSON trees in the form of the HTTP contract; {@link #deployments}
 * and {@link #quotes} make records of what developers use most. What is read is at least as new as
 * what was written by this client before, on whichever node. May be used by several threads at
 * once.
 */
public final class PhalanxClient {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(35);
  private static final int PAGE = 1000;

  private final URI service;
  private final Credentials credentials;
  private final ObjectMapper json = new ObjectMapper();
  private final AtomicLong written = new AtomicLong();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_WITHIN)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * @param service such as {@code http://127.0.0.1:8080}
   */
  public PhalanxClient(URI service, Credentials credentials) {
    this.service = service;
    this.credentials = credentials;
  }

  /** What developers ask to run. */
  public Deployments deployments() {
    return new Deployments(this);
  }

  /** Firm prices. */
  public Quotes quotes() {
    return new Quotes(this);
  }

  /** One segment of a path, with everything escaped that would end it. */
  public static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** {@code path} with its query. */
  public static String withQuery(String path, Map<String, String> query) {
    return query.isEmpty()
        ? path
        : path
            + query.entrySet().stream()
                .map(entry -> segment(entry.getKey()) + "=" + segment(entry.getValue()))
                .collect(Collectors.joining("&", "?", ""));
  }

  /** What is at {@code path}. */
  public JsonNode get(String path)
      throws RefusedException, UnreachableException, InterruptedException {
    HttpRequest.Builder request = request(path);
    long position = written.get();
    if (position > 0) {
      request.header("Min-Journal-Position", Long.toString(position));
    }
    return body(send(request.GET()));
  }

  /**
   * Up to {@code most} items of a list, over as many pages as that takes.
   *
   * @param query filters and order
   */
  public List<JsonNode> list(String path, Map<String, String> query, int most)
      throws RefusedException, UnreachableException, InterruptedException {
    List<JsonNode> items = new ArrayList<>();
    Map<String, String> page = new java.util.LinkedHashMap<>(query);
    while (items.size() < most) {
      page.put("limit", Integer.toString(Math.min(PAGE, most - items.size())));
      JsonNode answer = get(withQuery(path, page));
      answer.path("items").forEach(items::add);
      if (!answer.path("next").isTextual()) {
        break;
      }
      page.put("after", answer.path("next").asText());
    }
    return List.copyOf(items);
  }

  /**
   * Creates something, once however often it is sent.
   *
   * @param idempotencyKey the same for every repetition of this request, of no other; 1 to 255
   *     printable ASCII characters
   */
  public JsonNode create(String path, JsonNode body, String idempotencyKey)
      throws RefusedException, UnreachableException, InterruptedException {
    return write(posted(path, body).header("Idempotency-Key", idempotencyKey));
  }

  /** A POST that creates nothing. */
  public JsonNode post(String path, JsonNode body)
      throws RefusedException, UnreachableException, InterruptedException {
    return write(posted(path, body));
  }

  /** Changes what is at {@code path} by a merge patch (RFC 7396). */
  public JsonNode patch(String path, JsonNode patch)
      throws RefusedException, UnreachableException, InterruptedException {
    return write(
        request(path)
            .header("Content-Type", "application/merge-patch+json")
            .method("PATCH", text(patch)));
  }

  /** Puts what is at {@code path} into the place of what was there. */
  public JsonNode put(String path, JsonNode body)
      throws RefusedException, UnreachableException, InterruptedException {
    return write(request(path).header("Content-Type", "application/json").PUT(text(body)));
  }

  /** Ends or removes what is at {@code path}. */
  public JsonNode delete(String path)
      throws RefusedException, UnreachableException, InterruptedException {
    return write(request(path).DELETE());
  }

  /**
   * Follows a stream until {@code wanted} says that it is enough, and goes on after the last event
   * that was seen whenever the connection breaks.
   *
   * @throws UnreachableException when nobody answers from the beginning, or for a minute later
   */
  public void stream(String path, Predicate<ServerEvent> wanted)
      throws RefusedException, UnreachableException, InterruptedException {
    new Follower(this, path, wanted).run();
  }

  /**
   * Follows a stream until {@code wanted} says that it is enough or the service ends it.
   *
   * @param after the id of the last event that was seen; empty to begin now
   * @return the id of the last event, to resume after
   */
  public String follow(String path, Optional<String> after, Predicate<ServerEvent> wanted)
      throws RefusedException, UnreachableException, InterruptedException {
    HttpRequest.Builder request =
        header(HttpRequest.newBuilder(service.resolve(path))).header("Accept", "text/event-stream");
    after.ifPresent(id -> request.header("Last-Event-ID", id));
    String last = after.orElse("");
    try {
      HttpResponse<Stream<String>> response =
          http.send(request.GET().build(), HttpResponse.BodyHandlers.ofLines());
      try (Stream<String> lines = response.body()) {
        if (response.statusCode() != 200) {
          throw new RefusedException(
              response.statusCode(), parsed(lines.collect(Collectors.joining("\n"))));
        }
        EventReader reader = new EventReader(json);
        for (String line : (Iterable<String>) lines::iterator) {
          Optional<ServerEvent> event = reader.take(line);
          last = event.map(ServerEvent::id).orElse(last);
          if (event.isPresent() && !wanted.test(event.get())) {
            break;
          }
        }
      }
      return last;
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new UnreachableException(service, e);
    }
  }

  private HttpRequest.Builder posted(String path, JsonNode body) {
    return request(path).header("Content-Type", "application/json").POST(text(body));
  }

  private HttpRequest.Builder request(String path) {
    return header(HttpRequest.newBuilder(service.resolve(path)).timeout(ANSWER_WITHIN));
  }

  private HttpRequest.Builder header(HttpRequest.Builder request) {
    credentials.headers().forEach(request::header);
    return request;
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws UnreachableException, InterruptedException {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UnreachableException(service, e);
    }
  }

  private JsonNode write(HttpRequest.Builder request)
      throws RefusedException, UnreachableException, InterruptedException {
    HttpResponse<String> response = send(request);
    JsonNode body = body(response);
    long position = response.headers().firstValueAsLong("Journal-Position").orElse(0);
    written.accumulateAndGet(position, Math::max);
    return body;
  }

  private JsonNode body(HttpResponse<String> response) throws RefusedException {
    JsonNode body = parsed(response.body());
    if (response.statusCode() >= 300) {
      throw new RefusedException(response.statusCode(), body);
    }
    return body;
  }

  private HttpRequest.BodyPublisher text(JsonNode body) {
    return HttpRequest.BodyPublishers.ofString(body.toString());
  }

  /** What is no JSON comes from something in between, and says nothing. */
  private JsonNode parsed(String body) {
    try {
      return body.isEmpty() ? MissingNode.getInstance() : json.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
