package io.phalanx.api.route;

import io.phalanx.api.http.Answer;
import io.phalanx.api.http.Call;
import io.phalanx.api.http.Endpoint;
import io.phalanx.api.problem.Problem;
import io.phalanx.api.problem.ProblemKind;
import io.phalanx.api.read.PageRequest;
import io.phalanx.api.route.Gateway.Success;
import io.phalanx.scheduler.command.AccountCommand.Deposit;
import io.phalanx.scheduler.command.AccountCommand.Withdraw;
import io.phalanx.scheduler.unit.Amount;
import io.vertx.core.Future;
import java.util.Map;

/** Developers' accounts, and what the payout layer moves in and out of them. */
final class AccountRoutes {
  private static final Success CREATED = new Success(201, null);
  private final Services services;
  private final Reads reads;

  AccountRoutes(Services services, Reads reads) {
    this.services = services;
    this.reads = reads;
  }

  Map<String, Endpoint> endpoints() {
    return Map.of(
        "getAccount", this::get,
        "listEntries", this::entries,
        "deposit", this::deposit,
        "withdraw", this::withdraw);
  }

  private static Answer notFound() {
    return Answer.problem(Problem.of(ProblemKind.NOT_FOUND, "You have no account of that name."));
  }

  private Future<Answer> get(Call call) {
    String developer = call.path("developer");
    if (!Callers.may(call, developer)) {
      return Future.succeededFuture(notFound());
    }
    return reads.now(() -> reads.accounts().account(developer, Callers.startingBalance(call)));
  }

  private Future<Answer> deposit(Call call) {
    Deposit command =
        new Deposit(
            call.path("developer"),
            Amount.parse(call.body().path("amount").asString()),
            call.body().path("reference").asString(),
            Callers.startingBalance(call));
    return services.gateway().submit(call, command, CREATED);
  }

  private Future<Answer> withdraw(Call call) {
    Withdraw command =
        new Withdraw(
            call.path("developer"),
            Amount.parse(call.body().path("amount").asString()),
            call.body().path("reference").asString(),
            Callers.startingBalance(call));
    return services.gateway().submit(call, command, CREATED);
  }

  private Future<Answer> entries(Call call) {
    String developer = call.path("developer");
    if (!Callers.may(call, developer)) {
      return Future.succeededFuture(notFound());
    }
    PageRequest page = Reads.page(call);
    return reads.blocking(() -> reads.accounts().entries(developer, page));
  }
}
