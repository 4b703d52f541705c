package io.phalanx.api.route;

import io.phalanx.api.http.Answer;
import io.phalanx.api.http.Call;
import io.phalanx.api.http.Endpoint;
import io.phalanx.api.problem.Problem;
import io.phalanx.api.problem.ProblemKind;
import io.phalanx.api.read.MinerFilter;
import io.phalanx.api.read.PageRequest;
import io.phalanx.api.read.Sight;
import io.phalanx.api.route.Gateway.Success;
import io.phalanx.scheduler.command.MinerCommand;
import io.phalanx.scheduler.command.MinerCommand.ChangeMinerTerms;
import io.phalanx.scheduler.command.MinerCommand.CordonMiner;
import io.phalanx.scheduler.command.MinerCommand.Heartbeat;
import io.phalanx.scheduler.command.MinerCommand.StartMiner;
import io.phalanx.scheduler.command.MinerCommand.StateStake;
import io.phalanx.scheduler.command.MinerCommand.StopMiner;
import io.phalanx.scheduler.command.MinerCommand.UncordonMiner;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.MinerState;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Miners: starting, stopping, being heard, and reading them. */
final class MinerRoutes {
  private final Services services;
  private final Reads reads;

  MinerRoutes(Services services, Reads reads) {
    this.services = services;
    this.reads = reads;
  }

  Map<String, Endpoint> endpoints() {
    return Map.ofEntries(
        Map.entry("getMiner", this::get),
        Map.entry("listMiners", this::list),
        Map.entry("patchMiner", this::patch),
        Map.entry("startMiner", call -> submit(call, new StartMiner(id(call)))),
        Map.entry("stopMiner", call -> submit(call, new StopMiner(id(call)))),
        Map.entry("uncordonMiner", call -> submit(call, new UncordonMiner(id(call)))),
        Map.entry("cordonMiner", this::cordon),
        Map.entry("stateStake", this::stake),
        Map.entry("heartbeat", this::heartbeat));
  }

  private static MinerId id(Call call) {
    return new MinerId(call.path("minerId"));
  }

  private Future<Answer> submit(Call call, MinerCommand command) {
    return services.gateway().submit(call, command, Success.OK);
  }

  private Future<Answer> patch(Call call) {
    JsonNode region = call.body().path("region");
    JsonNode price = call.body().path("gasPrice");
    return submit(
        call,
        new ChangeMinerTerms(
            id(call),
            region.isString() ? region.asString() : null,
            price.isString() ? GasPrice.parse(price.asString()) : null));
  }

  private Future<Answer> cordon(Call call) {
    JsonNode within = call.body().path("drainWithin");
    return submit(
        call,
        new CordonMiner(
            id(call),
            Callers.noted(call),
            call.body().path("reason").asString(),
            within.isString() ? Duration.parse(within.asString()) : null));
  }

  private Future<Answer> stake(Call call) {
    Amount amount = Amount.parse(call.body().path("amount").asString());
    return submit(call, new StateStake(id(call), amount, call.body().path("reference").asString()));
  }

  private Future<Answer> heartbeat(Call call) {
    JsonNode score = call.body().path("performance");
    Heartbeat command =
        new Heartbeat(
            id(call),
            call.body().path("sequence").asLong(),
            score.isIntegralNumber() ? score.asInt() : null);
    return services
        .gateway()
        .unkeyed(call, command)
        .map(reply -> Gateway.answer(reply, Success.OK));
  }

  static Problem notFound() {
    return Problem.of(ProblemKind.NOT_FOUND, "No miner has that key.");
  }

  private Future<Answer> get(Call call) {
    Sight sight = Callers.sight(call);
    return reads.now(() -> reads.miners().find(id(call)).map(sight::shown), MinerRoutes::notFound);
  }

  private Future<Answer> list(Call call) {
    PageRequest page = Reads.page(call);
    MinerFilter filter =
        new MinerFilter(
            WireNames.values(call.list("state"), MinerState.class),
            call.list("tier").stream().map(Integer::valueOf).collect(Collectors.toSet()),
            Set.copyOf(call.list("operator")),
            Set.copyOf(call.list("region")));
    Sight sight = Callers.sight(call);
    return reads.blocking(() -> reads.miners().list(filter, page).map(sight::shown));
  }
}
