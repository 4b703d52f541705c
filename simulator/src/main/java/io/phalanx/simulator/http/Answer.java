package io.phalanx.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;

/**
 * What the service said.
 *
 * @param position of the journal, −1 when the answer did not say
 * @param leaderEpoch −1 when the answer did not say
 * @param replayed whether the service had answered this idempotency key before
 * @param retryAfterMs 0 when the answer did not say
 */
public record Answer(
    int status, long position, long leaderEpoch, boolean replayed, long retryAfterMs, Buffer body) {
  private static final String PROBLEMS = "/problems/";

  /** Stands for no answer at all: status 0. */
  public static Answer unanswered() {
    return new Answer(0, -1, -1, false, 0, Buffer.buffer());
  }

  public boolean ok() {
    return status >= 200 && status < 300;
  }

  /** Whether the same request may succeed later: nothing was done, or nobody knows. */
  public boolean passing() {
    return status == 503 || status == 504 || status == 429 || status == 502;
  }

  public JsonNode json() {
    return Json.parse(body);
  }

  /** The NAME of the problem type, or "" when the answer is no problem document. */
  public String problem() {
    String type = ok() ? "" : json().path("type").asText("");
    int at = type.lastIndexOf(PROBLEMS);
    return at < 0 ? "" : type.substring(at + PROBLEMS.length());
  }

  /** Status and problem name, such as {@code 409 stale-epoch}: what errors are counted by. */
  public String error() {
    String problem = problem();
    return problem.isEmpty() ? Integer.toString(status) : status + " " + problem;
  }
}
