package io.phalanx.api.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.api.http.Answer;
import io.phalanx.api.http.Call;
import io.phalanx.api.http.Endpoint;
import io.phalanx.api.http.Position;
import io.phalanx.api.problem.Problem;
import io.phalanx.api.problem.ProblemKind;
import io.phalanx.api.read.PageRequest;
import io.phalanx.api.read.QuoteReads;
import io.phalanx.api.route.Gateway.Success;
import io.phalanx.scheduler.command.QuoteCommand.RedeemQuote;
import io.phalanx.scheduler.command.QuoteCommand.RequestQuote;
import io.phalanx.scheduler.command.QuoteCommand.WithdrawQuote;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.engine.Reply;
import io.phalanx.scheduler.id.QuoteId;
import io.phalanx.scheduler.quote.Quote;
import io.phalanx.scheduler.quote.QuoteState;
import io.phalanx.scheduler.view.QuoteView;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Asking for a firm price, taking it, giving it back. */
final class QuoteRoutes {

  /** How much longer than the writer a call waits for the round: then nobody knows. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Services services;
  private final Reads reads;
  private final QuoteReads quotes;
  private final QuoteWatch watch;

  QuoteRoutes(Services services, Reads reads) {
    this.services = services;
    this.reads = reads;
    this.quotes = new QuoteReads(services.engine());
    this.watch = new QuoteWatch(services.vertx(), services.engine().replica(), quotes);
  }

  Map<String, Endpoint> endpoints() {
    return Map.of(
        "createQuote", this::create,
        "listQuotes", this::list,
        "getQuote", this::get,
        "deleteQuote", this::delete);
  }

  private static Problem notFound() {
    return Problem.of(ProblemKind.NOT_FOUND, "You have no quote of that id.");
  }

  private Future<Answer> create(Call call) {
    JsonNode validFor = call.body().path("validFor");
    RequestQuote command =
        new RequestQuote(
            Callers.creator(call),
            SpecJson.spec(call.body()),
            validFor.isString() ? Duration.parse(validFor.asString()) : null,
            Callers.startingBalance(call));
    return services.gateway().reply(call, command).compose(this::awaited);
  }

  /** The writer has taken the request; its answer is the round's. */
  private Future<Answer> awaited(Reply reply) {
    if (!(reply instanceof Reply.Decided decided)
        || !(decided.outcome() instanceof Outcome.Done done)) {
      return Future.succeededFuture(Gateway.answer(reply, Success.OK));
    }
    QuoteId id = idOf(done.answer());
    Duration within =
        services
            .engine()
            .replica()
            .read(state -> state.policy().quotes().decision())
            .plus(PATIENCE);
    Future<Optional<Quote>> known =
        done.replayed()
            ? services.vertx().executeBlocking(() -> quotes.find(id), false)
            : watch.decided(id, within);
    return known.map(quote -> decidedAnswer(quote, done.replayed()));
  }

  private static QuoteId idOf(io.phalanx.scheduler.view.Answer answer) {
    return answer instanceof QuoteView view
        ? view.id()
        : new QuoteId(
            ((io.phalanx.scheduler.view.Answer.Stored) answer).body().path("id").asText());
  }

  private Answer decidedAnswer(Optional<Quote> found, boolean replayed) {
    Position at = reads.node().position();
    if (found.isEmpty()) {
      return Answer.problem(
          Problem.of(
              ProblemKind.NO_LEADER,
              504,
              "No round has decided it yet; repeat with the same Idempotency-Key."),
          at);
    }
    Quote quote = found.get();
    if (quote.standing().expiresAtMs() == null) {
      return Answer.problem(notPlaceable(quote), at);
    }
    ObjectNode document = quotes.offer(quote);
    Map<String, String> headers = new HashMap<>();
    headers.put("Location", "/v1/quotes/" + quote.id());
    if (replayed) {
      headers.put("Idempotent-Replayed", "true");
    }
    return Answer.json(201, Show.bytes(document), headers, at);
  }

  private static Problem notPlaceable(Quote quote) {
    String why =
        quote.state() == QuoteState.WITHDRAWN
            ? "It was withdrawn before a round came."
            : "The round gave it no miners; a dry run of the deployment says why.";
    return Problem.of(ProblemKind.NOT_PLACEABLE, why);
  }

  private Future<Answer> list(Call call) {
    PageRequest page = Reads.page(call);
    Set<QuoteState> states = WireNames.values(call.list("state"), QuoteState.class);
    Set<String> developers = Callers.developersAsked(call);
    return reads.blocking(() -> quotes.list(states, developers, page));
  }

  private Future<Answer> get(Call call) {
    return reads.blocking(() -> own(call, id(call)).map(quotes::document), QuoteRoutes::notFound);
  }

  private Optional<Quote> own(Call call, QuoteId id) {
    return quotes.find(id).filter(quote -> Callers.may(call, quote.developer()));
  }

  private static QuoteId id(Call call) {
    return new QuoteId(call.path("id"));
  }

  private Future<Answer> delete(Call call) {
    Optional<Quote> known =
        quotes.live(id(call)).filter(quote -> Callers.may(call, quote.developer()));
    if (known.isEmpty()) {
      return get(call); // what has ended long ago is answered as it ended
    }
    WithdrawQuote command = new WithdrawQuote(known.get().developer(), id(call));
    return services
        .gateway()
        .reply(call, command)
        .compose(
            reply ->
                reply instanceof Reply.Decided decided && decided.outcome() instanceof Outcome.Done
                    ? shown(call, decided)
                    : Future.succeededFuture(Gateway.answer(reply, Success.OK)));
  }

  /** As it stands here once this node has seen the end. */
  private Future<Answer> shown(Call call, Reply.Decided decided) {
    return reads.node().reach(decided.position()).compose(reached -> get(call));
  }

  /** {@code POST /v1/deployments} with a quote. */
  Future<Answer> redeem(Call call, Success created) {
    JsonNode body = call.body();
    QuoteId id = new QuoteId(body.path("quote").asString());
    String developer =
        quotes
            .live(id)
            .map(Quote::developer)
            .filter(owner -> Callers.may(call, owner))
            .orElseGet(() -> Callers.creator(call));
    RedeemQuote command =
        new RedeemQuote(
            developer,
            id,
            text(body.path("name")),
            body.has("labels") ? SpecJson.labels(body.path("labels")) : null);
    return services
        .gateway()
        .reply(call, command)
        .compose(reply -> isUnknown(reply) ? past(call, id) : answered(reply, created));
  }

  private static Future<Answer> answered(Reply reply, Success created) {
    return Future.succeededFuture(Gateway.answer(reply, created));
  }

  private static @Nullable String text(JsonNode value) {
    return value.isString() ? value.asString() : null;
  }

  private static boolean isUnknown(Reply reply) {
    return reply instanceof Reply.Decided decided
        && decided.outcome() instanceof Outcome.Refused refused
        && refused.rejection().refusal() == Refusal.QUOTE_NOT_FOUND;
  }

  /** What ended long ago has left the state, and cannot be redeemed any more. */
  private Future<Answer> past(Call call, QuoteId id) {
    return services
        .vertx()
        .executeBlocking(() -> own(call, id), false)
        .map(
            known ->
                Answer.problem(
                    known.isEmpty()
                        ? notFound()
                        : Problem.of(ProblemKind.QUOTE_EXPIRED, "It is over; ask for another."),
                    reads.node().position()));
  }
}
