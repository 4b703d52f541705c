package io.phalanx.api.route;

import io.phalanx.api.http.Answer;
import io.phalanx.api.http.Call;
import io.phalanx.api.http.Endpoint;
import io.phalanx.api.http.Position;
import io.phalanx.api.problem.Problem;
import io.phalanx.api.problem.ProblemKind;
import io.phalanx.api.route.Gateway.Success;
import io.phalanx.scheduler.account.Account;
import io.phalanx.scheduler.command.AccountCommand.Deposit;
import io.phalanx.scheduler.command.AccountCommand.Withdraw;
import io.phalanx.scheduler.engine.HistoryKinds;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.view.AccountView;
import io.phalanx.scheduler.view.EntryView;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** Developers' accounts, and what the payout layer moves in and out of them. */
final class AccountRoutes {
  private static final Success CREATED = new Success(201, null);
  private static final long HISTORY_WAIT_MS = 2_000;
  private static final long HISTORY_LOOK_MS = 5;

  /** What an account that nothing was ever written to has in open mode. */
  private static final AccountView NEW =
      new AccountView(Callers.STARTING_BALANCE, Amount.ZERO, Amount.ZERO);

  private final Services services;
  private final Past past;

  AccountRoutes(Services services, Past past) {
    this.services = services;
    this.past = past;
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
    Seen<AccountView> seen =
        services
            .committed()
            .read(
                state -> {
                  Account account = state.ledger().find(developer).orElse(null);
                  return account == null ? NEW : AccountView.of(account);
                });
    return Future.succeededFuture(Show.ok(seen.value(), seen.at()));
  }

  private Future<Answer> deposit(Call call) {
    Deposit command =
        new Deposit(
            call.path("developer"),
            Amount.parse(call.body().path("amount").asString()),
            call.body().path("reference").asString(),
            Callers.STARTING_BALANCE);
    return services.gateway().submit(call, command, CREATED);
  }

  private Future<Answer> withdraw(Call call) {
    Withdraw command =
        new Withdraw(
            call.path("developer"),
            Amount.parse(call.body().path("amount").asString()),
            call.body().path("reference").asString(),
            Callers.STARTING_BALANCE);
    return services.gateway().submit(call, command, CREATED);
  }

  private Future<Answer> entries(Call call) {
    String developer = call.path("developer");
    if (!Callers.may(call, developer)) {
      return Future.succeededFuture(notFound());
    }
    PageRequest page = PageRequest.of(call);
    Position wanted = services.committed().read(state -> 0).at();
    return past.look(
        () -> {
          if (!followed(wanted.journal())) {
            return Answer.problem(
                Problem.of(
                    ProblemKind.POSITION_NOT_REACHED, "The ledger's lines are behind; repeat."));
          }
          Stretch<EntryView> lines =
              past.stretch(
                  page,
                  HistoryKinds.ENTRY,
                  developer,
                  item -> HistoryKinds.body(item, EntryView.class));
          return Show.ok(Stretch.page(page, lines, new Stretch<>(List.of(), null)), wanted);
        });
  }

  /** Lines are written shortly after their events; who has just paid wants to see them. */
  private boolean followed(long position) throws InterruptedException {
    long deadline = System.nanoTime() + HISTORY_WAIT_MS * 1_000_000;
    while (services.engine().history().followed() < position) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(HISTORY_LOOK_MS);
    }
    return true;
  }
}
