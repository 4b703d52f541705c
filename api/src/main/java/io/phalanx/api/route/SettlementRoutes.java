package io.phalanx.api.route;

import io.phalanx.api.http.Answer;
import io.phalanx.api.http.Call;
import io.phalanx.api.http.Endpoint;
import io.phalanx.api.problem.Problem;
import io.phalanx.api.problem.ProblemKind;
import io.phalanx.api.read.LogBehindException;
import io.phalanx.api.read.PageRequest;
import io.phalanx.api.read.Sight;
import io.phalanx.api.route.Gateway.Success;
import io.phalanx.scheduler.command.SettlementCommand.AcknowledgeSettlement;
import io.phalanx.scheduler.engine.HistoryKinds;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.proof.SettlementSeal;
import io.phalanx.scheduler.settlement.Payout;
import io.phalanx.scheduler.settlement.Settlement;
import io.phalanx.scheduler.settlement.SettlementState;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.view.SettlementView;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Closed periods of fees, for the payout layer. */
final class SettlementRoutes {
  private final Services services;
  private final Reads reads;

  SettlementRoutes(Services services, Reads reads) {
    this.services = services;
    this.reads = reads;
  }

  Map<String, Endpoint> endpoints() {
    return Map.of(
        "listSettlements", this::list,
        "getSettlement", this::get,
        "listInputs", this::inputs,
        "acknowledgeSettlement", this::acknowledge);
  }

  private static long number(Call call) {
    return Long.parseLong(call.path("number"));
  }

  private static Problem notFound() {
    return Problem.of(ProblemKind.NOT_FOUND, "No settlement has that number.");
  }

  private Future<Answer> list(Call call) {
    PageRequest page = Reads.page(call);
    Set<SettlementState> states = WireNames.values(call.list("state"), SettlementState.class);
    return reads.blocking(() -> reads.settlements().list(states, Callers.sight(call), page));
  }

  private Future<Answer> get(Call call) {
    return reads.blocking(
        () -> reads.settlements().find(number(call), Callers.sight(call)),
        SettlementRoutes::notFound);
  }

  private Future<Answer> inputs(Call call) {
    PageRequest page = Reads.page(call);
    return reads.blocking(
        () -> reads.settlements().inputs(number(call), Callers.sight(call), page),
        SettlementRoutes::notFound);
  }

  private static List<Payout> payouts(Call call) {
    List<Payout> payouts = new ArrayList<>();
    for (JsonNode payout : call.body().path("payouts")) {
      payouts.add(
          new Payout(
              new MinerId(payout.path("minerId").asString()),
              Amount.parse(payout.path("amount").asString())));
    }
    return payouts;
  }

  private Future<Answer> acknowledge(Call call) {
    long number = number(call);
    String reference = call.body().path("reference").asString();
    AcknowledgeSettlement command = new AcknowledgeSettlement(number, reference, payouts(call));
    boolean inState =
        services.engine().replica().read(s -> s.settlements().find(number).isPresent());
    if (inState) {
      return services
          .gateway()
          .submit(call, command, Success.OK)
          .compose(done -> seal(done, number))
          .recover(SettlementRoutes::unsealed);
    }
    return services
        .vertx()
        .executeBlocking(() -> old(number), false)
        .compose(
            old ->
                old.isEmpty()
                    ? services.gateway().submit(call, command, Success.OK)
                    : reads.answering(() -> repeated(old.get(), command)));
  }

  /** It is acknowledged, and cannot be shown before this node's log of receipts has its seal. */
  private static Future<Answer> unsealed(Throwable fault) {
    return fault instanceof LogBehindException behind
        ? Future.succeededFuture(
            Answer.problem(Problem.of(ProblemKind.POSITION_NOT_REACHED, behind.detail())))
        : Future.failedFuture(fault);
  }

  /** The writer knows nothing of seals: they are made behind it. */
  private Future<Answer> seal(Answer answer, long number) {
    return answer instanceof Answer.Whole done && done.status() == 200
        ? services.vertx().executeBlocking(() -> sealed(done, number), false)
        : Future.succeededFuture(answer);
  }

  private Answer sealed(Answer.Whole done, long number) {
    SettlementView view = reads.settlements().find(number, Sight.ALL).orElseThrow();
    return new Answer.Whole(
        done.status(), done.contentType(), Show.bytes(view), done.headers(), done.position());
  }

  /** What was acknowledged long ago has left the state. */
  private Optional<Settlement> old(long number) {
    return services
        .engine()
        .history()
        .get(HistoryKinds.SETTLEMENT, Long.toString(number))
        .map(item -> HistoryKinds.body(item, Settlement.class))
        .filter(settlement -> settlement.state() == SettlementState.ACKNOWLEDGED);
  }

  private Answer repeated(Settlement settlement, AcknowledgeSettlement command) {
    boolean isSameReference = command.reference().equals(settlement.reference());
    if (isSameReference && !settlement.hasOtherPayouts(command.payouts())) {
      SettlementSeal seal = reads.settlements().sealed(settlement);
      return Show.ok(SettlementView.of(settlement, seal), reads.node().position());
    }
    String other = isSameReference ? "other payouts." : "another reference.";
    return Answer.problem(Problem.of(ProblemKind.CONFLICT, "It was acknowledged with " + other));
  }
}
