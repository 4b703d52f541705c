package io.phalanx.scheduler.simulation;

import io.phalanx.scheduler.access.Caller;
import io.phalanx.scheduler.access.Nonce;
import io.phalanx.scheduler.access.Role;
import io.phalanx.scheduler.command.AccessCommand.IssueKey;
import io.phalanx.scheduler.command.AccessCommand.RevokeKey;
import io.phalanx.scheduler.command.AccountCommand;
import io.phalanx.scheduler.command.ActAs;
import io.phalanx.scheduler.command.Command;
import io.phalanx.scheduler.command.DeploymentCommand;
import io.phalanx.scheduler.command.MinerCommand.Heartbeat;
import io.phalanx.scheduler.command.MinerCommand.RegisterMiner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who sends the clients' commands: now and then its owner or an admin by its key, now and then
 * somebody else, with nonces so few that many are used again.
 */
final class Callers {

  private static final List<String> NAMES = List.of("ann", "bob", "eve", "op-a", "op-b", "bank");
  private static final Caller ROOT = new Caller(Role.ADMIN, "root", "k-root");

  private final Chance chance;

  Callers(Chance chance) {
    this.chance = chance;
  }

  /** The command as it comes in open mode, or with a caller. */
  Command with(Command command, long nowMs) {
    if (!chance.oneIn(4)) {
      return command;
    }
    Caller caller = chance.oneIn(4) ? anybody() : fitting(command);
    return new ActAs(caller, nonce(caller, nowMs), command);
  }

  private @Nullable Nonce nonce(Caller caller, long nowMs) {
    if (chance.oneIn(2)) {
      return null;
    }
    String nonce = "n-" + chance.below(200);
    return new Nonce(caller.keyId(), nonce, nowMs + chance.between(-5_000, 120_000));
  }

  private Caller fitting(Command command) {
    if (command instanceof DeploymentCommand own) {
      return caller(Role.DEVELOPER, own.developer());
    }
    if (command instanceof RegisterMiner own) {
      return caller(Role.OPERATOR, own.operator());
    }
    if (command instanceof Heartbeat own) {
      return Caller.miner(own.minerId().text());
    }
    return command instanceof AccountCommand ? caller(Role.PAYOUT, "bank") : ROOT;
  }

  private Caller anybody() {
    return caller(chance.of(List.of(Role.values())), chance.of(NAMES));
  }

  private static Caller caller(Role role, String name) {
    return new Caller(
        role, name, "k-" + role.name().toLowerCase(java.util.Locale.ROOT) + "-" + name);
  }

  /** A key is issued or taken back; the admin's own as well. */
  Command keys(long nowMs) {
    Caller subject = chance.oneIn(4) ? ROOT : anybody();
    Caller by = chance.oneIn(2) ? ROOT : Caller.node("node");
    boolean signs = chance.oneIn(3);
    Command command =
        chance.oneIn(4)
            ? new RevokeKey(subject.keyId())
            : new IssueKey(
                subject.keyId(),
                subject.role(),
                subject.name(),
                signs ? null : "ab".repeat(32),
                signs ? "pk-" + chance.below(8) : null);
    return new ActAs(by, nonce(by, nowMs), command);
  }
}
