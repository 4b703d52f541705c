package io.phalanx.api.route;

import io.phalanx.api.http.Answer;
import io.phalanx.api.http.Call;
import io.phalanx.api.http.Endpoint;
import io.phalanx.api.problem.Problem;
import io.phalanx.api.problem.ProblemKind;
import io.phalanx.api.route.Gateway.Success;
import io.phalanx.scheduler.command.SettlementCommand.AcknowledgeSettlement;
import io.phalanx.scheduler.engine.HistoryKinds;
import io.phalanx.scheduler.settlement.Settlement;
import io.phalanx.scheduler.view.SettlementView;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Closed periods of fees, for the payout layer. */
final class SettlementRoutes {
  private final Services services;
  private final Past past;

  SettlementRoutes(Services services, Past past) {
    this.services = services;
    this.past = past;
  }

  Map<String, Endpoint> endpoints() {
    return Map.of(
        "listSettlements", this::list,
        "getSettlement", this::get,
        "acknowledgeSettlement", this::acknowledge);
  }

  private static long number(Call call) {
    return Long.parseLong(call.path("number"));
  }

  private Future<Answer> list(Call call) {
    PageRequest page = PageRequest.of(call);
    List<String> states = call.list("state");
    Predicate<Settlement> wanted =
        settlement -> states.isEmpty() || states.contains(Wire.name(settlement.state()));
    Seen<Stretch<SettlementView>> kept =
        services
            .committed()
            .read(
                state ->
                    Stretch.of(
                        page,
                        state.settlements().kept(),
                        settlement ->
                            wanted.test(settlement) ? SettlementView.item(settlement) : null));
    return past.look(
        () -> {
          Stretch<SettlementView> old =
              past.stretch(
                  page,
                  HistoryKinds.SETTLEMENT,
                  "",
                  item -> {
                    Settlement settlement = HistoryKinds.body(item, Settlement.class);
                    return wanted.test(settlement) ? SettlementView.item(settlement) : null;
                  });
          return Show.ok(Stretch.page(page, kept.value(), old), kept.at());
        });
  }

  private Future<Answer> get(Call call) {
    long number = number(call);
    Seen<Optional<SettlementView>> seen =
        services
            .committed()
            .read(state -> state.settlements().find(number).map(SettlementView::of));
    if (seen.value().isPresent()) {
      return Future.succeededFuture(Show.ok(seen.value().get(), seen.at()));
    }
    return past.look(
        () ->
            services
                .engine()
                .history()
                .get(HistoryKinds.SETTLEMENT, Long.toString(number))
                .map(item -> SettlementView.of(HistoryKinds.body(item, Settlement.class)))
                .<Answer>map(view -> Show.ok(view, seen.at()))
                .orElseGet(() -> notFound(seen)));
  }

  private static Answer notFound(Seen<?> seen) {
    Problem problem = Problem.of(ProblemKind.NOT_FOUND, "No settlement has that number.");
    return Answer.problem(problem, seen.at());
  }

  /** What the payout layer acknowledged long ago is answered from the history. */
  private Future<Answer> acknowledge(Call call) {
    long number = number(call);
    String reference = call.body().path("reference").asString();
    boolean known =
        services.committed().read(s -> s.settlements().find(number).isPresent()).value();
    AcknowledgeSettlement command = new AcknowledgeSettlement(number, reference);
    if (known) {
      return services.gateway().submit(call, command, Success.OK);
    }
    return past.look(
            () ->
                services
                    .engine()
                    .history()
                    .get(HistoryKinds.SETTLEMENT, Long.toString(number))
                    .map(item -> HistoryKinds.body(item, Settlement.class)))
        .compose(
            old ->
                old.isEmpty()
                    ? services.gateway().submit(call, command, Success.OK)
                    : Future.succeededFuture(repeated(old.get(), reference)));
  }

  private Answer repeated(Settlement settlement, String reference) {
    if (reference.equals(settlement.reference())) {
      return Show.ok(SettlementView.of(settlement), services.committed().read(s -> 0).at());
    }
    String sentence = "It was acknowledged with another reference.";
    return Answer.problem(Problem.of(ProblemKind.CONFLICT, sentence));
  }
}
