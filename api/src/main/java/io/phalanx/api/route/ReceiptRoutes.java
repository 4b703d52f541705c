package io.phalanx.api.route;

import io.phalanx.api.http.Answer;
import io.phalanx.api.http.Call;
import io.phalanx.api.http.Endpoint;
import io.phalanx.api.http.Position;
import io.phalanx.api.problem.Fault;
import io.phalanx.api.problem.Problem;
import io.phalanx.api.problem.ProblemKind;
import io.phalanx.api.read.LogReads;
import io.phalanx.api.read.PageRequest;
import io.phalanx.scheduler.receipt.ReceiptQuery.Field;
import io.phalanx.scheduler.receipt.StoredReceipt;
import io.vertx.core.Future;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What was charged, and how anybody can check that it was. */
final class ReceiptRoutes {
  /** Names nobody: no owner has an empty name. */
  private static final String NOBODY = "";

  private final Reads reads;
  private final LogReads log;

  ReceiptRoutes(Reads reads, LogReads log) {
    this.reads = reads;
    this.log = log;
  }

  Map<String, Endpoint> endpoints() {
    return Map.of(
        "listReceipts", this::list,
        "getReceipt", this::get,
        "proveReceipt", this::prove,
        "getLogHead", call -> reads.blocking(log::head),
        "proveConsistency", this::consistency,
        "getSchedulerKey", call -> reads.blocking(log::keys));
  }

  private Future<Answer> list(Call call) {
    PageRequest page = Reads.page(call);
    Map<Field, List<String>> fields = new EnumMap<>(Field.class);
    add(fields, Field.DEPLOYMENT, call.list("deployment"));
    add(fields, Field.ASSIGNMENT, call.list("assignment"));
    add(fields, Field.MINER, call.list("miner"));
    Callers.receiptsOf(call).forEach((field, only) -> confine(fields, field, only));
    return reads.blocking(() -> log.list(fields, page));
  }

  /** Who asks for another's gets none, as if there were none. */
  private static void confine(Map<Field, List<String>> fields, Field field, String only) {
    List<String> asked = fields.get(field);
    fields.put(field, List.of(asked == null || asked.contains(only) ? only : NOBODY));
  }

  private static void add(Map<Field, List<String>> fields, Field field, List<String> values) {
    if (!values.isEmpty()) {
      fields.put(field, values);
    }
  }

  private Future<Answer> get(Call call) {
    return found(call, receipt -> Show.ok(log.view(receipt), reads.node().position()));
  }

  private Future<Answer> prove(Call call) {
    return found(call, receipt -> proof(receipt, asked(call, "treeSize")));
  }

  private Answer proof(StoredReceipt receipt, @Nullable Long asked) {
    long size = asked == null ? log.size() : log.sizeFor(asked);
    long treeSize = asked == null ? size : asked;
    if (treeSize <= receipt.leafIndex() || treeSize > size) {
      String range = "must be from " + (receipt.leafIndex() + 1) + " to " + size;
      return Answer.problem(Problem.invalid(List.of(Fault.query("treeSize", range))));
    }
    return Show.ok(log.proof(receipt, treeSize), reads.node().position());
  }

  private Future<Answer> consistency(Call call) {
    long first = call.query("first", 0);
    return reads.answering(
        () -> {
          Long asked = asked(call, "second");
          long size = asked == null ? log.size() : log.sizeFor(asked);
          long second = asked == null ? size : asked;
          if (second > size) {
            String range = "must be at most " + size;
            return Answer.problem(Problem.invalid(List.of(Fault.query("second", range))));
          }
          if (first > second) {
            String range = "must be at most " + second;
            return Answer.problem(Problem.invalid(List.of(Fault.query("first", range))));
          }
          return Show.ok(log.consistency(first, second), reads.node().position());
        });
  }

  /** Answers for a receipt that the caller may see. */
  private Future<Answer> found(Call call, Function<StoredReceipt, Answer> answer) {
    return reads.answering(
        () -> {
          Optional<StoredReceipt> receipt =
              log.find(call.path("id")).filter(known -> may(call, known.owners()));
          return receipt.isPresent() ? answer.apply(receipt.get()) : notFound();
        });
  }

  private static boolean may(Call call, StoredReceipt.Owners owners) {
    Map<Field, String> own =
        Map.of(
            Field.DEVELOPER, owners.developer(),
            Field.OPERATOR, owners.operator(),
            Field.MINER, owners.miner());
    return Callers.receiptsOf(call).entrySet().stream()
        .allMatch(only -> only.getValue().equals(own.get(only.getKey())));
  }

  private Answer notFound() {
    Problem problem = Problem.of(ProblemKind.NOT_FOUND, "There is no receipt of that id.");
    Position position = reads.node().position();
    return Answer.problem(problem, position);
  }

  private static @Nullable Long asked(Call call, String name) {
    String value = call.query(name);
    return value == null ? null : Long.valueOf(value);
  }
}
