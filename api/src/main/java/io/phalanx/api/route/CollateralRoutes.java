package io.phalanx.api.route;

import io.phalanx.api.evidence.EvidenceCheck;
import io.phalanx.api.evidence.EvidenceJson;
import io.phalanx.api.http.Answer;
import io.phalanx.api.http.Call;
import io.phalanx.api.http.Endpoint;
import io.phalanx.api.http.Position;
import io.phalanx.api.problem.Problem;
import io.phalanx.api.problem.ProblemKind;
import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.CollateralVerdict;
import io.phalanx.scheduler.command.SystemCommand.PublishCollateral;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.engine.Reply;
import io.phalanx.scheduler.miner.Collateral;
import io.phalanx.scheduler.unit.Timestamps;
import io.vertx.core.Future;
import java.util.Locale;
import java.util.Map;

/** What Intel publishes about processor families, brought in by admins. */
final class CollateralRoutes {
  private final Services services;
  private final EvidenceCheck check;

  CollateralRoutes(Services services, EvidenceCheck check) {
    this.services = services;
    this.check = check;
  }

  Map<String, Endpoint> endpoints() {
    return Map.of("putCollateral", this::put);
  }

  /** What is shown of collateral; its text is what was sent. */
  private record CollateralView(
      String fmspc, String tee, String hash, String issuedAt, String expiresAt) {
    static CollateralView of(Collateral collateral) {
      return new CollateralView(
          collateral.ref().fmspc(),
          collateral.ref().tee(),
          collateral.ref().hash(),
          Timestamps.text(collateral.ref().issuedAtMs()),
          Timestamps.text(collateral.expiresAtMs()));
    }
  }

  private Future<Answer> put(Call call) {
    Bytes text = EvidenceJson.collateral(call.body());
    return services
        .vertx()
        .executeBlocking(() -> check.examine(text), false)
        .compose(verdict -> judged(call, text, verdict));
  }

  private Future<Answer> judged(Call call, Bytes text, CollateralVerdict verdict) {
    if (verdict instanceof CollateralVerdict.Unsound unsound) {
      return refused(unsound.reason().name(), unsound.sentence());
    }
    CollateralVerdict.Sound sound = (CollateralVerdict.Sound) verdict;
    Collateral collateral = EvidenceCheck.kept(text, sound);
    if (!collateral.ref().fmspc().equals(call.path("fmspc").toUpperCase(Locale.ROOT))) {
      return refused(
          "FMSPC_DIFFERS", "It is of processor family " + collateral.ref().fmspc() + ".");
    }
    boolean isComplete =
        sound.hasAllCrls()
            || services
                .engine()
                .replica()
                .read(state -> state.policy().attestation().allowMissingCrls());
    if (!isComplete) {
      return refused("CRL_IS_MISSING", "A revocation list is missing.");
    }
    return services
        .gateway()
        .reply(call, new PublishCollateral(collateral))
        .map(reply -> published(reply, collateral));
  }

  private Future<Answer> refused(String reason, String sentence) {
    check.meter().published(reason);
    return Future.succeededFuture(
        Answer.problem(Problem.of(ProblemKind.EVIDENCE_REJECTED, sentence).with("reason", reason)));
  }

  private Answer published(Reply reply, Collateral collateral) {
    if (reply instanceof Reply.Decided decided && decided.outcome() instanceof Outcome.Done) {
      check.meter().published("accepted");
      Position at = new Position(decided.position(), decided.epoch());
      return Show.ok(CollateralView.of(collateral), at);
    }
    return Gateway.answer(reply, Gateway.Success.OK);
  }
}
