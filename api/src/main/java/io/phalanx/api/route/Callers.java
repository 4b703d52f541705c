package io.phalanx.api.route;

import io.phalanx.api.http.Call;
import io.phalanx.api.read.Sight;
import io.phalanx.scheduler.access.Caller;
import io.phalanx.scheduler.access.Role;
import io.phalanx.scheduler.command.AccessCommand;
import io.phalanx.scheduler.command.AccountCommand.CorrectCharge;
import io.phalanx.scheduler.command.ActAs;
import io.phalanx.scheduler.command.Command;
import io.phalanx.scheduler.command.SystemCommand.ChangePolicy;
import io.phalanx.scheduler.command.SystemCommand.PublishCollateral;
import io.phalanx.scheduler.receipt.ReceiptQuery;
import io.phalanx.scheduler.unit.Amount;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, for the routes. In open mode it is whoever it says it is: with {@code X-Developer} a
 * caller acts strictly as that developer; without, it creates as {@code dev} and every role is open
 * to it. Else it is what the gate has proved.
 */
final class Callers {

  /** What a developer that is unknown so far starts with in open mode. */
  private static final Amount STARTING_BALANCE = new Amount(BigInteger.TEN.pow(24));

  private static final String ANONYMOUS = "dev";

  private Callers() {}

  /** The caller that the gate has proved; none in open mode. */
  static @Nullable Caller proved(Call call) {
    Caller caller = call.credentials().caller();
    if (caller == null && !call.credentials().isOpen()) {
      throw new IllegalStateException("a public route asks who calls: " + call.operation().id());
    }
    return caller;
  }

  /** What a developer that is unknown so far starts with. */
  static Amount startingBalance(Call call) {
    return call.credentials().isOpen() ? STARTING_BALANCE : Amount.ZERO;
  }

  /** As whom the call creates. */
  static String creator(Call call) {
    Caller caller = proved(call);
    if (caller != null) {
      return caller.name();
    }
    String developer = call.headers().developer();
    return developer == null ? ANONYMOUS : developer;
  }

  /** Who asks for something that is noted with a name. */
  static String noted(Call call) {
    Caller caller = proved(call);
    if (caller != null) {
      return caller.name();
    }
    String developer = call.headers().developer();
    return developer == null ? "admin" : developer;
  }

  /** The only developer whose things the call may touch; null when it may touch everybody's. */
  static @Nullable String confinedTo(Call call) {
    Caller caller = proved(call);
    if (caller != null) {
      return caller.role() == Role.DEVELOPER ? caller.name() : null;
    }
    return call.headers().developer();
  }

  /**
   * Whose things a list is to have: empty for everybody's. A caller that is confined sees its own,
   * whatever it asks for.
   */
  static Set<String> developersAsked(Call call) {
    String only = confinedTo(call);
    return only == null ? Set.copyOf(call.list("developer")) : Set.of(only);
  }

  /** Whether the call may see or touch what is that developer's. */
  static boolean may(Call call, String developer) {
    String only = confinedTo(call);
    return only == null || only.equals(developer);
  }

  /** What the call may see of miners and settlements. */
  static Sight sight(Call call) {
    Caller caller = proved(call);
    if (caller == null) {
      return Sight.ALL;
    }
    return switch (caller.role()) { // no default: a new role does not compile until it has a sight
      case ADMIN -> Sight.ALL;
      case PAYOUT -> new Sight(Sight.Of.PAYOUT, caller.name());
      case OPERATOR -> new Sight(Sight.Of.OPERATOR, caller.name());
      case MINER -> new Sight(Sight.Of.MINER, caller.name());
      case DEVELOPER -> new Sight(Sight.Of.PUBLIC, caller.name());
    };
  }

  /** Whose receipts alone the call may see: at most one kind of owner; none for everybody's. */
  static Map<ReceiptQuery.Field, String> receiptsOf(Call call) {
    Caller caller = proved(call);
    if (caller == null) {
      String developer = call.headers().developer();
      return developer == null ? Map.of() : Map.of(ReceiptQuery.Field.DEVELOPER, developer);
    }
    return switch (caller.role()) { // no default: a new role does not compile until it has its own
      case ADMIN, PAYOUT -> Map.of();
      case DEVELOPER -> Map.of(ReceiptQuery.Field.DEVELOPER, caller.name());
      case OPERATOR -> Map.of(ReceiptQuery.Field.OPERATOR, caller.name());
      case MINER -> Map.of(ReceiptQuery.Field.MINER, caller.name());
    };
  }

  /** Tells callers apart for idempotency keys: the same after its API key was exchanged. */
  static String scope(Call call) {
    Caller caller = proved(call);
    return caller == null
        ? creator(call)
        : caller.role().name().toLowerCase(Locale.ROOT) + "/" + caller.name();
  }

  /** The command with its caller; in open mode only what admins do comes with one. */
  static Command asked(Call call, Command command) {
    Caller caller = proved(call);
    if (caller != null) {
      return new ActAs(caller, call.credentials().nonce(), command);
    }
    return command instanceof AccessCommand
            || command instanceof ChangePolicy
            || command instanceof CorrectCharge
            || command instanceof PublishCollateral
        ? new ActAs(Caller.OPEN, null, command)
        : command;
  }
}
