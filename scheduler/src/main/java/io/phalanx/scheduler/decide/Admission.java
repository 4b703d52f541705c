package io.phalanx.scheduler.decide;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.scheduler.access.AccessKey;
import io.phalanx.scheduler.access.Caller;
import io.phalanx.scheduler.access.Nonce;
import io.phalanx.scheduler.access.Role;
import io.phalanx.scheduler.command.AccessCommand;
import io.phalanx.scheduler.command.AccessCommand.IssueKey;
import io.phalanx.scheduler.command.AccountCommand;
import io.phalanx.scheduler.command.ActAs;
import io.phalanx.scheduler.command.AssignmentCommand;
import io.phalanx.scheduler.command.Command;
import io.phalanx.scheduler.command.DeploymentCommand.CancelDeployment;
import io.phalanx.scheduler.command.DeploymentCommand.ChangeDeployment;
import io.phalanx.scheduler.command.DeploymentCommand.CreateDeployment;
import io.phalanx.scheduler.command.MinerCommand;
import io.phalanx.scheduler.command.SettlementCommand;
import io.phalanx.scheduler.command.SystemCommand.PublishCollateral;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.decision.Rejection;
import io.phalanx.scheduler.event.AccessEvent.AdminActed;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.state.State;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a command that comes with its caller is taken at all, and what is noted of it. The border
 * has checked most of this before; only here it is checked against the newest state.
 */
final class Admission {

  /** A longer command is not kept in the audit trail; the journal has what became of it. */
  private static final int LONGEST_DETAIL = 8_192;

  private final State state;
  private final ObjectMapper json;

  Admission(State state, ObjectMapper json) {
    this.state = state;
    this.json = json;
  }

  /** Why it is not even looked at, if it is not: nothing is remembered of it then. */
  Optional<Rejection> stranger(ActAs asked, long atMs) {
    if (!isKnown(asked.caller())) {
      return refusal(Refusal.CALLER_IS_UNKNOWN, "The key has been revoked, or there is none.");
    }
    Nonce nonce = asked.nonce();
    if (nonce == null) {
      return Optional.empty();
    }
    if (nonce.untilMs() <= atMs) {
      return refusal(Refusal.SIGNATURE_IS_TOO_OLD, "The signature was made too long ago.");
    }
    return state.access().nonces().hasSeen(nonce.keyId(), nonce.nonce())
        ? refusal(Refusal.REQUEST_WAS_SEEN_BEFORE, "A request with this nonce was seen before.")
        : Optional.empty();
  }

  private boolean isKnown(Caller caller) {
    if (caller.isKeyless()) {
      return true;
    }
    Optional<AccessKey> key = state.access().keys().find(caller.keyId());
    return key.isPresent()
        ? key.get().isLive() && key.get().caller().equals(caller)
        : caller.isMinerItself() && state.miners().find(new MinerId(caller.name())).isPresent();
  }

  /** Why the caller may not ask for more, if it may not. */
  Optional<Rejection> quota(ActAs asked) {
    if (!(asked.command() instanceof CreateDeployment create) || asked.caller().isKeyless()) {
      return Optional.empty();
    }
    int most = state.policy().access().pendingPerDeveloper();
    return state.deployments().pendingOf(create.developer()) >= most
        ? refusal(Refusal.TOO_MANY_DEPLOYMENTS_WAIT, "At most " + most + " may wait at a time.")
        : Optional.empty();
  }

  private static Optional<Rejection> refusal(Refusal refusal, String sentence) {
    return Optional.of(Rejection.of(refusal, sentence));
  }

  /** What is noted when it was done: of every command of an admin, unless it only relays. */
  Optional<AdminActed> note(ActAs asked) {
    Caller caller = asked.caller();
    if (caller.role() != Role.ADMIN || asked.command() instanceof AssignmentCommand) {
      return Optional.empty();
    }
    Command command = asked.command();
    return Optional.of(
        new AdminActed(
            caller.keyId(), caller.name(), action(command), subject(command), detail(command)));
  }

  private static String action(Command command) {
    String type = command.getClass().getSimpleName();
    return Character.toLowerCase(type.charAt(0)) + type.substring(1);
  }

  private static String subject(Command command) {
    if (command instanceof MinerCommand miner) {
      return miner.minerId().text();
    }
    if (command instanceof CreateDeployment create) {
      return create.developer();
    }
    if (command instanceof ChangeDeployment change) {
      return change.deploymentId().text();
    }
    if (command instanceof CancelDeployment cancel) {
      return cancel.deploymentId().text();
    }
    if (command instanceof AccountCommand account) {
      return account.developer();
    }
    if (command instanceof SettlementCommand settlement) {
      return Long.toString(settlement.number());
    }
    if (command instanceof PublishCollateral publish) {
      return publish.collateral().ref().fmspc();
    }
    return command instanceof AccessCommand access ? access.keyId() : "service";
  }

  private @Nullable JsonNode detail(Command command) {
    ObjectNode detail = json.valueToTree(command);
    if (command instanceof IssueKey) {
      detail.remove("secretHash"); // the trail is read by more people than the journal
    }
    return detail.toString().length() > LONGEST_DETAIL ? null : detail;
  }
}
