package io.phalanx.api.http;

import io.phalanx.api.auth.Credentials;
import io.phalanx.api.contract.Operation;
import io.phalanx.api.contract.Parameter;
import io.phalanx.api.json.Parsed;
import io.phalanx.api.json.StrictJson;
import io.phalanx.api.problem.Fault;
import io.phalanx.api.problem.Problem;
import io.phalanx.api.problem.ProblemKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Holds a request against its operation in the contract, and names everything that is wrong. */
final class RequestCheck {
  /** More are not listed: an answer has a bound too. */
  private static final int MAX_FAULTS = 1_000;

  private static final int LONGEST_KEY = 255;

  private final Operation operation;
  private final Map<String, String> path;
  private final RequestTarget target;
  private final RequestHeaders headers;
  private JsonNode body = MissingNode.getInstance();

  RequestCheck(
      Operation operation, Map<String, String> path, RequestTarget target, RequestHeaders headers) {
    this.operation = operation;
    this.path = path;
    this.target = target;
    this.headers = headers;
  }

  /** What is wrong with the request; null when nothing is. */
  @Nullable Problem problem(byte[] bytes) {
    Problem unreadable = unreadable(bytes.length);
    if (unreadable != null) {
      return unreadable;
    }
    List<Fault> faults = parameterFaults();
    if (faults == null) {
      return Problem.of(ProblemKind.NOT_FOUND, "Nothing can have that name.");
    }
    if (bytes.length > 0) {
      Parsed parsed = StrictJson.parse(bytes);
      if (parsed instanceof Parsed.Malformed malformed) {
        return Problem.of(ProblemKind.MALFORMED, malformed.detail())
            .with("offset", malformed.offset());
      }
      Parsed.Document document = (Parsed.Document) parsed;
      body = document.root();
      faults = joined(faults, operation.bodyFaults(document));
    }
    if (faults.isEmpty()) {
      return null;
    }
    return Problem.invalid(faults.size() > MAX_FAULTS ? faults.subList(0, MAX_FAULTS) : faults);
  }

  /** The call, once there is no problem. */
  Call call(String requestId, byte[] bytes, Credentials credentials, Executor loop) {
    return new Call(
        operation, requestId, path, target.query(), headers, body, bytes, credentials, loop);
  }

  /** The position that reads must have reached; 0 when any will do. */
  long minJournalPosition() {
    String wanted = headers.minJournalPosition();
    return wanted == null || !operation.method().equals("GET") ? 0 : Long.parseLong(wanted);
  }

  private @Nullable Problem unreadable(int length) {
    if (operation.bodyRule().isEmpty()) {
      return length == 0 ? null : Problem.of(ProblemKind.MALFORMED, "This request takes no body.");
    }
    if (length == 0) {
      return operation.bodyRequired()
          ? Problem.of(ProblemKind.MALFORMED, "The body is empty; a JSON document is expected.")
          : null;
    }
    String type = headers.contentType();
    if (type == null || !operation.mediaTypes().contains(type)) {
      String sentence = "The Content-Type here is application/json in UTF-8.";
      return Problem.of(ProblemKind.MALFORMED, 415, sentence);
    }
    return null;
  }

  /** Faults of all parameters; null when the path cannot name anything. */
  private @Nullable List<Fault> parameterFaults() {
    List<Fault> faults = List.of();
    int known = 0;
    for (Parameter parameter : operation.parameters()) {
      String text = textOf(parameter);
      if (text == null) {
        continue;
      }
      known += parameter.in() == Parameter.In.QUERY ? 1 : 0;
      List<Fault> wrong = parameter.faults(text);
      if (!wrong.isEmpty() && parameter.in() == Parameter.In.PATH) {
        return null;
      }
      faults = joined(faults, wrong);
    }
    if (known < target.query().size()) {
      faults = joined(faults, unknownParameters());
    }
    if (target.repeated() != null) {
      faults = joined(faults, List.of(Fault.query(target.repeated(), "is given twice")));
    }
    String key = headers.idempotencyKey();
    if (key != null && (key.isEmpty() || key.length() > LONGEST_KEY)) {
      Fault fault = Fault.header("Idempotency-Key", "must be 1 to 255 printable ASCII characters");
      faults = joined(faults, List.of(fault));
    }
    return faults;
  }

  private @Nullable String textOf(Parameter parameter) {
    return switch (parameter.in()) {
      case PATH -> path.get(parameter.name());
      case QUERY -> target.query().get(parameter.name());
      case HEADER -> headers.byName(parameter.name().toLowerCase(Locale.ROOT));
    };
  }

  private List<Fault> unknownParameters() {
    List<Fault> faults = new ArrayList<>();
    for (String name : target.query().keySet()) {
      boolean known =
          operation.parameters().stream()
              .anyMatch(p -> p.in() == Parameter.In.QUERY && p.name().equals(name));
      if (!known) {
        faults.add(Fault.query(name, "is not a known parameter"));
      }
    }
    return faults;
  }

  private static List<Fault> joined(List<Fault> first, List<Fault> second) {
    if (first.isEmpty() || second.isEmpty()) {
      return first.isEmpty() ? second : first;
    }
    List<Fault> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
