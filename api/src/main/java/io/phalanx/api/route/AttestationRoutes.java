package io.phalanx.api.route;

import io.phalanx.api.evidence.EvidenceCheck;
import io.phalanx.api.evidence.EvidenceJson;
import io.phalanx.api.http.Answer;
import io.phalanx.api.http.Call;
import io.phalanx.api.http.Endpoint;
import io.phalanx.api.problem.Fault;
import io.phalanx.api.problem.Problem;
import io.phalanx.api.problem.ProblemKind;
import io.phalanx.api.route.Gateway.Success;
import io.phalanx.scheduler.access.Caller;
import io.phalanx.scheduler.access.Role;
import io.phalanx.scheduler.command.MinerCommand;
import io.phalanx.scheduler.command.MinerCommand.RegisterMiner;
import io.phalanx.scheduler.command.MinerCommand.RenewEvidence;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.engine.Reply;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Evidence;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import io.phalanx.scheduler.unit.Timestamps;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Joining and renewal: what a miner proves of its machine. */
final class AttestationRoutes {

  /** Rules change while evidence is verified once in a blue moon, and not five times in a row. */
  private static final int TRIES = 5;

  /** A node that follows hears of the change a moment after the writer. */
  private static final long PAUSE_MS = 50;

  private final Services services;
  private final Reads reads;
  private final EvidenceCheck check;

  AttestationRoutes(Services services, Reads reads, EvidenceCheck check) {
    this.services = services;
    this.reads = reads;
    this.check = check;
  }

  Map<String, Endpoint> endpoints() {
    return Map.of(
        "registerMiner", this::register,
        "renewAttestation", this::renew,
        "getAttestationNonce", this::nonce);
  }

  private record NonceView(String nonce, String expiresAt) {}

  private Future<Answer> nonce(Call call) {
    long ageMs =
        services
            .engine()
            .replica()
            .read(state -> state.policy().attestation().nonceAge().toMillis());
    String until = Timestamps.text(services.clock().millis() + ageMs);
    return reads.now(() -> new NonceView(check.nonce().hex(), until));
  }

  private Future<Answer> register(Call call) {
    JsonNode body = call.body();
    MinerId id = new MinerId(body.path("minerId").asString());
    JsonNode attestation = body.path("attestation");
    Optional<Problem> refused =
        notRegisteredBy(call, id, body.path("operator").asString())
            .or(() -> unusable(call, attestation, "/attestation"));
    if (refused.isPresent()) {
      return Future.succeededFuture(Answer.problem(refused.get()));
    }
    Success created = new Success(201, answer -> "/v1/miners/" + id.text());
    if (EvidenceJson.isDeclared(attestation)) {
      return services
          .gateway()
          .submit(call, registration(call, id, declared(attestation)), created);
    }
    return proven(call, id, attestation, checked -> registration(call, id, checked), created);
  }

  private static RegisterMiner registration(Call call, MinerId id, EvidenceCheck.Checked checked) {
    RegisterMiner plain = registration(call, id, checked.evidence());
    return new RegisterMiner(
        id,
        plain.operator(),
        plain.region(),
        plain.stake(),
        plain.performance(),
        plain.gasPrice(),
        checked.evidence(),
        checked.proof());
  }

  private static RegisterMiner registration(Call call, MinerId id, Evidence evidence) {
    JsonNode body = call.body();
    return new RegisterMiner(
        id,
        body.path("operator").asString(),
        body.path("region").asString(),
        stakeOf(call),
        body.path("performance").asInt(),
        GasPrice.parse(body.path("gasPrice").asString()),
        evidence);
  }

  /** Two have to want it: the miner signs, and the operator brings its own key. */
  private static Optional<Problem> notRegisteredBy(Call call, MinerId id, String operator) {
    Caller caller = Callers.proved(call);
    if (caller == null) {
      return Optional.empty();
    }
    String signer = call.credentials().signer();
    if (signer == null) {
      return Optional.of(
          Problem.of(ProblemKind.UNAUTHENTICATED, "A registration is signed by the miner."));
    }
    if (!signer.equals(id.text())) {
      return Optional.of(
          Problem.of(ProblemKind.FORBIDDEN, "A registration is signed with the miner's own key."));
    }
    return caller.role() == Role.ADMIN || caller.is(Role.OPERATOR, operator)
        ? Optional.empty()
        : Optional.of(Problem.of(ProblemKind.FORBIDDEN, "The key is not of that operator."));
  }

  /** Outside open mode only the payout layer knows what is bound. */
  private static Amount stakeOf(Call call) {
    return call.credentials().isOpen()
        ? Amount.parse(call.body().path("stake").asString("0"))
        : Amount.ZERO;
  }

  /** Each type has fields of its own, and outside open mode a tier is proved. */
  private Optional<Problem> unusable(Call call, JsonNode attestation, String pointer) {
    List<Fault> faults = EvidenceJson.faults(attestation, pointer);
    if (!faults.isEmpty()) {
      return Optional.of(Problem.invalid(faults));
    }
    boolean believed =
        !EvidenceJson.isDeclared(attestation)
            || call.credentials().isOpen()
            || services.identity().trustsDeclared();
    return believed
        ? Optional.empty()
        : Optional.of(
            Problem.of(ProblemKind.EVIDENCE_REJECTED, "A tier is declared in open mode only.")
                .with("reason", Evidence.DECLARED));
  }

  /** In open mode the tier is what the miner says. */
  private Evidence declared(JsonNode attestation) {
    long policyVersion = services.engine().replica().read(state -> state.policy().version());
    return new Evidence(
        attestation.path("tier").asInt(),
        Evidence.DECLARED,
        policyVersion,
        List.of(),
        services.clock().millis(),
        null,
        null);
  }

  private Future<Answer> renew(Call call) {
    MinerId id = new MinerId(call.path("minerId"));
    JsonNode attestation = call.body();
    Optional<Problem> refused = unusable(call, attestation, "");
    if (refused.isPresent()) {
      return Future.succeededFuture(Answer.problem(refused.get()));
    }
    if (EvidenceJson.isDeclared(attestation)) {
      RenewEvidence renewal = new RenewEvidence(id, declared(attestation));
      return services.gateway().submit(call, renewal, Success.OK);
    }
    return proven(
        call,
        id,
        attestation,
        checked -> new RenewEvidence(id, checked.evidence(), checked.proof()),
        Success.OK);
  }

  private Future<Answer> proven(
      Call call,
      MinerId id,
      JsonNode attestation,
      Function<EvidenceCheck.Checked, MinerCommand> command,
      Success success) {
    io.phalanx.attestation.Evidence given = EvidenceJson.evidence(attestation);
    return decided(call, () -> command.apply(check.handedIn(id, given)), TRIES)
        .map(reply -> Gateway.answer(reply, success));
  }

  /** Verified on a worker and decided by the writer, again while rules change in between. */
  private Future<Reply> decided(
      Call call, java.util.function.Supplier<MinerCommand> verified, int triesLeft) {
    return services
        .vertx()
        .executeBlocking(verified::get, false)
        .compose(command -> services.gateway().reply(call, command))
        .compose(
            reply ->
                isOutdated(reply) && triesLeft > 1
                    ? pause().compose(waited -> decided(call.again(), verified, triesLeft - 1))
                    : Future.succeededFuture(reply));
  }

  private Future<Long> pause() {
    Promise<Long> over = Promise.promise();
    services.vertx().setTimer(PAUSE_MS, over::complete);
    return over.future();
  }

  private static boolean isOutdated(Reply reply) {
    return reply instanceof Reply.Decided decided
        && decided.outcome() instanceof Outcome.Refused refused
        && refused.rejection().refusal() == Refusal.EVIDENCE_WAS_JUDGED_BY_OTHER_RULES;
  }
}
