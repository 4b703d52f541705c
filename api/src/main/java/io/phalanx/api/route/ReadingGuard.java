package io.phalanx.api.route;

import io.phalanx.api.http.Call;
import io.phalanx.api.problem.Fault;
import io.phalanx.api.problem.Problem;
import io.phalanx.api.problem.ProblemKind;
import io.phalanx.scheduler.deployment.Reading;
import io.phalanx.scheduler.state.State;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Whether readings are their miners': each is signed by the miner itself, so anybody known may
 * bring it. Away from the event loop.
 */
final class ReadingGuard {
  private static final String DOMAIN = "phalanx-reading-v1";

  /** More readings do not wait to be verified. */
  private static final int MOST_WAITING = 100_000;

  private final Services services;
  private final WorkerExecutor workers;
  private final AtomicInteger waiting = new AtomicInteger();

  ReadingGuard(Services services) {
    this.services = services;
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
    this.workers = services.vertx().createSharedWorkerExecutor("phalanx-readings", threads);
  }

  /**
   * A reading with the signature it came with.
   *
   * @param signature base64; none when it came without
   */
  record Signed(Reading reading, @Nullable String signature) {}

  /** What speaks against each reading, in their order; all is well in open mode. */
  Future<List<Optional<Problem>>> judge(Call call, List<Signed> readings) {
    if (call.credentials().isOpen()) {
      return Future.succeededFuture(readings.stream().map(r -> Optional.<Problem>empty()).toList());
    }
    if (waiting.addAndGet(readings.size()) > MOST_WAITING) {
      waiting.addAndGet(-readings.size());
      Problem problem = Problem.of(ProblemKind.RATE_LIMITED, "Too many readings wait.");
      return Future.succeededFuture(readings.stream().map(r -> Optional.of(problem)).toList());
    }
    return workers
        .executeBlocking(() -> judge(readings), false)
        .onComplete(done -> waiting.addAndGet(-readings.size()));
  }

  private List<Optional<Problem>> judge(List<Signed> readings) {
    List<Optional<String>> miners =
        services
            .engine()
            .replica()
            .read(state -> readings.stream().map(r -> miner(state, r)).toList());
    List<Optional<Problem>> problems = new ArrayList<>(readings.size());
    for (int i = 0; i < readings.size(); i++) {
      problems.add(problem(readings.get(i), miners.get(i)));
    }
    return problems;
  }

  private static Optional<String> miner(State state, Signed signed) {
    return state
        .assignments()
        .find(signed.reading().assignmentId())
        .map(assignment -> assignment.minerId().text());
  }

  private Optional<Problem> problem(Signed signed, Optional<String> miner) {
    if (miner.isEmpty()) {
      String sentence = "There is no assignment " + signed.reading().assignmentId() + ".";
      return Optional.of(Problem.of(ProblemKind.NOT_FOUND, sentence));
    }
    String signature = signed.signature();
    boolean fits =
        signature != null
            && services
                .identity()
                .verifier()
                .verifies(
                    miner.get(), message(signed.reading()), Base64.getDecoder().decode(signature));
    return fits
        ? Optional.empty()
        : Optional.of(
            Problem.invalid(
                List.of(Fault.body("/signature", "must be the miner's over this very reading"))));
  }

  /** What a miner signs. */
  private static byte[] message(Reading reading) {
    return String.join(
            "\n",
            DOMAIN,
            reading.assignmentId().text(),
            Long.toString(reading.epoch()),
            Long.toString(reading.sequence()),
            Long.toString(reading.gasUsed()),
            Boolean.toString(reading.last()))
        .getBytes(StandardCharsets.UTF_8);
  }
}
