package io.phalanx.api.route;

import io.phalanx.api.http.Answer;
import io.phalanx.api.http.Call;
import io.phalanx.api.http.Endpoint;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.engine.HistoryKinds;
import io.phalanx.scheduler.history.HistoryItem;
import io.phalanx.scheduler.history.HistoryQuery;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.Timestamps;
import io.vertx.core.Future;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a deployment has used, and how long its budget will last at that rate. */
final class GasRoutes {
  private static final int MOST_SHOWN = 1_000;
  private static final BigInteger MS_PER_HOUR = BigInteger.valueOf(3_600_000);

  private final Services services;
  private final Past past;

  GasRoutes(Services services, Past past) {
    this.services = services;
    this.past = past;
  }

  Map<String, Endpoint> endpoints() {
    return Map.of("getDeploymentGas", this::get);
  }

  /**
   * Gas of one assignment.
   *
   * @param id which
   * @param minerId who did the work
   * @param gasUsed all of it
   * @param charged what it cost, both parts
   * @param uncollected gas that the budget did not cover
   */
  record Used(AssignmentId id, MinerId minerId, long gasUsed, Amount charged, long uncollected) {
    static Used of(Assignment assignment) {
      return new Used(
          assignment.id(),
          assignment.minerId(),
          assignment.meter().gasUsed(),
          assignment.meter().total(),
          assignment.meter().uncollected());
    }
  }

  /**
   * Gas of a deployment.
   *
   * @param assignments newest first
   * @param perHour what its live assignments cost in an hour, measured since each runs
   * @param exhaustedAt when the held budget is used up at that rate
   */
  record Gas(List<Used> assignments, Amount perHour, @Nullable String exhaustedAt) {}

  private record Live(Deployment deployment, List<Assignment> assignments) {}

  private Future<Answer> get(Call call) {
    DeploymentId id = new DeploymentId(call.path("id"));
    Seen<Optional<Live>> seen =
        services
            .committed()
            .read(
                state ->
                    state
                        .deployments()
                        .find(id)
                        .map(found -> new Live(found, List.copyOf(state.assignments().of(id)))));
    return past.look(
        () -> {
          Optional<Live> live =
              seen.value().or(() -> past.find(id).map(ended -> new Live(ended, List.of())));
          if (live.isEmpty() || !Callers.may(call, live.get().deployment.developer())) {
            return Answer.problem(DeploymentRoutes.notFound(), seen.at());
          }
          return Show.ok(gas(live.get()), seen.at());
        });
  }

  private Gas gas(Live live) {
    TreeMap<Long, Used> newestFirst = new TreeMap<>(java.util.Comparator.reverseOrder());
    HistoryQuery ended =
        HistoryQuery.newest(HistoryKinds.ASSIGNMENT, MOST_SHOWN)
            .ownedBy(live.deployment.id().text());
    for (HistoryItem item : services.engine().history().page(ended)) {
      newestFirst.put(item.created(), Used.of(HistoryKinds.body(item, Assignment.class)));
    }
    live.assignments.forEach(each -> newestFirst.put(each.epoch(), Used.of(each)));
    long nowMs = services.clock().millis();
    Amount perHour = perHour(live.assignments, nowMs);
    return new Gas(
        new ArrayList<>(newestFirst.values()),
        perHour,
        exhaustedAt(live.deployment.funds().held(), perHour, nowMs));
  }

  private static Amount perHour(List<Assignment> assignments, long nowMs) {
    BigInteger sum = BigInteger.ZERO;
    for (Assignment assignment : assignments) {
      Long runningAt = assignment.runningAtMs();
      if (assignment.isLive() && runningAt != null) {
        BigInteger elapsed = BigInteger.valueOf(Math.max(1_000, nowMs - runningAt));
        BigInteger total = assignment.meter().total().pico();
        sum = sum.add(total.multiply(MS_PER_HOUR).divide(elapsed));
      }
    }
    return new Amount(sum);
  }

  private static @Nullable String exhaustedAt(Amount held, Amount perHour, long nowMs) {
    if (perHour.isZero()) {
      return null;
    }
    BigInteger left = held.pico().multiply(MS_PER_HOUR).divide(perHour.pico());
    long farthest = Long.MAX_VALUE / 1_000_000;
    return left.bitLength() > 43 || nowMs + left.longValue() > farthest
        ? null
        : Timestamps.text(nowMs + left.longValue());
  }
}
