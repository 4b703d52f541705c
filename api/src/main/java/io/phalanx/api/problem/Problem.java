package io.phalanx.api.problem;

import io.phalanx.api.json.JsonBytes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/**
 * A refusal as the client gets it (RFC 9457).
 *
 * @param status the HTTP status, usually the kind's own
 * @param detail what was wrong this time, in a sentence
 * @param faults everything wrong with the request, when it was refused for its content
 * @param members further members of the document: strings, integers or booleans
 * @param headers further headers of the answer
 */
public record Problem(
    ProblemKind kind,
    int status,
    String detail,
    List<Fault> faults,
    Map<String, Object> members,
    Map<String, String> headers) {

  /** Seconds a client waits before it repeats what was not done. */
  private static final String RETRY_AFTER_SECONDS = "1";

  public Problem {
    faults = List.copyOf(faults);
    members = Map.copyOf(members);
    headers = withRequired(kind, status, headers);
  }

  /** A problem with the usual status of its kind. */
  public static Problem of(ProblemKind kind, String detail) {
    return of(kind, kind.status(), detail);
  }

  /** A problem with a status other than its kind's, such as 405 or 415. */
  public static Problem of(ProblemKind kind, int status, String detail) {
    return new Problem(kind, status, detail, List.of(), Map.of(), Map.of());
  }

  /** A request with faults in its content; names them all. */
  public static Problem invalid(List<Fault> faults) {
    String detail =
        faults.size() == 1
            ? faults.get(0).pointer() + " " + faults.get(0).detail()
            : "There are " + faults.size() + " faults; each is listed.";
    return new Problem(ProblemKind.INVALID, 422, detail, faults, Map.of(), Map.of());
  }

  /** The same problem with one more member. */
  public Problem with(String member, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(members);
    more.put(member, value);
    return new Problem(kind, status, detail, faults, more, headers);
  }

  /** The same problem with one more header. */
  public Problem withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Problem(kind, status, detail, faults, members, more);
  }

  /** The document, UTF-8. */
  public byte[] toBytes() {
    return JsonBytes.write(this::writeTo);
  }

  /** Writes the document as one JSON object. */
  public void writeTo(JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("type", kind.type());
    json.writeStringProperty("title", kind.title());
    json.writeNumberProperty("status", status);
    json.writeStringProperty("detail", detail);
    if (!faults.isEmpty()) {
      json.writeArrayPropertyStart("errors");
      faults.forEach(fault -> writeFault(json, fault));
      json.writeEndArray();
    }
    members.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(member -> writeMember(json, member.getKey(), member.getValue()));
    json.writeEndObject();
  }

  private static void writeFault(JsonGenerator json, Fault fault) {
    json.writeStartObject();
    json.writeStringProperty("pointer", fault.pointer());
    json.writeStringProperty("detail", fault.detail());
    if (fault.in() != Fault.Place.BODY) {
      json.writeStringProperty("in", fault.in().name().toLowerCase(Locale.ROOT));
    }
    json.writeEndObject();
  }

  private static void writeMember(JsonGenerator json, String name, Object value) {
    json.writeName(name);
    if (value instanceof Integer || value instanceof Long) {
      json.writeNumber(((Number) value).longValue());
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else {
      json.writeString(value.toString());
    }
  }

  /** What HTTP demands beside the status, so that no caller can forget it. */
  private static Map<String, String> withRequired(
      ProblemKind kind, int status, Map<String, String> given) {
    Map<String, String> headers = new LinkedHashMap<>(given);
    if (status == 429 || status == 503) {
      headers.putIfAbsent("Retry-After", RETRY_AFTER_SECONDS);
    }
    if (status == 401) {
      headers.putIfAbsent("WWW-Authenticate", "Bearer realm=\"phalanx\"");
    }
    if (status == 405 && !headers.containsKey("Allow")) {
      throw new IllegalArgumentException("a 405 says what is allowed: " + kind);
    }
    return Map.copyOf(headers);
  }
}
