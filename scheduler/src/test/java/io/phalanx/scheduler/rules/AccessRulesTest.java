package io.phalanx.scheduler.rules;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.access.Caller;
import io.phalanx.scheduler.access.Nonce;
import io.phalanx.scheduler.access.Role;
import io.phalanx.scheduler.command.AccessCommand.IssueKey;
import io.phalanx.scheduler.command.AccessCommand.RevokeKey;
import io.phalanx.scheduler.command.AccountCommand.Deposit;
import io.phalanx.scheduler.command.ActAs;
import io.phalanx.scheduler.command.AssignmentCommand.AcknowledgeAssignment;
import io.phalanx.scheduler.command.Command;
import io.phalanx.scheduler.command.DeploymentCommand.CancelDeployment;
import io.phalanx.scheduler.command.DeploymentCommand.CreateDeployment;
import io.phalanx.scheduler.command.MinerCommand.Heartbeat;
import io.phalanx.scheduler.command.MinerCommand.StartMiner;
import io.phalanx.scheduler.command.SystemCommand.ChangePolicy;
import io.phalanx.scheduler.command.SystemCommand.Tick;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.event.AccessEvent.AdminActed;
import io.phalanx.scheduler.event.AccessEvent.NonceUsed;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.policy.AccessRules;
import io.phalanx.scheduler.policy.Policy;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.world.Samples;
import io.phalanx.scheduler.world.World;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Who may ask the writer for what. */
final class AccessRulesTest {

  private static final String HASH = "ab".repeat(32);
  private static final String PUBLIC_KEY = "cd".repeat(32);
  private static final Caller ADMIN = new Caller(Role.ADMIN, "root", "k-admin");
  private static final Caller DEV = new Caller(Role.DEVELOPER, World.DEVELOPER, "k-dev");
  private static final Caller STRANGER = new Caller(Role.DEVELOPER, "other", "k-other");

  private final World world = new World();

  AccessRulesTest() {
    world.done(new ActAs(Caller.node("node-1"), null, key(ADMIN)));
    issue(DEV);
    issue(STRANGER);
  }

  @AfterEach
  void everyInvariantHolds() {
    world.holds();
  }

  private static IssueKey key(Caller caller) {
    return new IssueKey(caller.keyId(), caller.role(), caller.name(), HASH, null);
  }

  private Caller issue(Caller caller) {
    world.done(new ActAs(ADMIN, null, key(caller)));
    return caller;
  }

  private static ActAs by(Caller caller, Command command) {
    return new ActAs(caller, null, command);
  }

  private ActAs signed(Caller caller, String nonce, Command command) {
    return new ActAs(caller, new Nonce(PUBLIC_KEY, nonce, world.nowMs() + 120_000), command);
  }

  private Refusal refused(Command command) {
    Outcome outcome = world.run(command);
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    return ((Outcome.Refused) outcome).rejection().refusal();
  }

  private static CreateDeployment creation(String developer) {
    return new CreateDeployment(developer, Samples.spec(), Amount.ZERO);
  }

  @Nested
  class Issue {

    @Test
    void makesAKeyThatCounts() {
      assertThat(world.state().access().keys().known("k-dev").caller()).isEqualTo(DEV);
    }

    @Test
    void takesAnIdOnce() {
      assertThat(world.refusal(by(ADMIN, key(DEV)))).isEqualTo(Refusal.API_KEY_EXISTS);
    }

    @Test
    void givesAPublicKeyToOneCallerOnly() {
      world.done(by(ADMIN, new IssueKey("k-1", Role.OPERATOR, "op", null, PUBLIC_KEY)));
      IssueKey again = new IssueKey("k-2", Role.OPERATOR, "op", null, PUBLIC_KEY);
      assertThat(world.refusal(by(ADMIN, again))).isEqualTo(Refusal.PUBLIC_KEY_IS_IN_USE);
      MinerId miner = world.register("m");
      IssueKey ofTheMiner = new IssueKey("k-3", Role.OPERATOR, "op", null, miner.text());
      assertThat(world.refusal(by(ADMIN, ofTheMiner))).isEqualTo(Refusal.PUBLIC_KEY_IS_IN_USE);
    }

    @Test
    void givesARevokedPublicKeyAgain() {
      world.done(by(ADMIN, new IssueKey("k-1", Role.OPERATOR, "op", null, PUBLIC_KEY)));
      world.done(by(ADMIN, new RevokeKey("k-1")));
      world.done(by(ADMIN, new IssueKey("k-2", Role.OPERATOR, "op", null, PUBLIC_KEY)));
      assertThat(world.state().access().keys().signing(PUBLIC_KEY).orElseThrow().id())
          .isEqualTo("k-2");
    }

    @Test
    void isForAdminsOnly() {
      IssueKey more = new IssueKey("k-1", Role.ADMIN, "dev", HASH, null);
      assertThat(world.refusal(by(DEV, more))).isEqualTo(Refusal.CALLER_MAY_NOT_DO_THIS);
    }
  }

  @Nested
  class Revoke {

    @Test
    void endsWhatTheKeyMayDo() {
      world.done(by(ADMIN, new RevokeKey("k-dev")));
      assertThat(world.refusal(by(DEV, creation("dev")))).isEqualTo(Refusal.CALLER_IS_UNKNOWN);
    }

    @Test
    void changesNothingASecondTime() {
      world.done(by(ADMIN, new RevokeKey("k-dev")));
      List<Event> events = world.eventsOf(by(ADMIN, new RevokeKey("k-dev")));
      assertThat(events).singleElement().isInstanceOf(AdminActed.class);
    }

    @Test
    void leavesTheLastAdmin() {
      assertThat(world.refusal(by(ADMIN, new RevokeKey("k-admin"))))
          .isEqualTo(Refusal.LAST_ADMIN_KEY_STAYS);
      Caller second = issue(new Caller(Role.ADMIN, "second", "k-second"));
      world.done(by(ADMIN, new RevokeKey("k-admin")));
      assertThat(world.refusal(by(second, new RevokeKey("k-second"))))
          .isEqualTo(Refusal.LAST_ADMIN_KEY_STAYS);
    }

    @Test
    void knowsNoKeyThatWasNeverIssued() {
      assertThat(world.refusal(by(ADMIN, new RevokeKey("k-none"))))
          .isEqualTo(Refusal.API_KEY_NOT_FOUND);
    }

    @Test
    void isShownForTheNewestOnly() {
      for (int i = 0; i < 1_002; i++) {
        world.done(by(ADMIN, new IssueKey("k-" + i, Role.DEVELOPER, "d", HASH, null)));
        world.done(by(ADMIN, new RevokeKey("k-" + i)));
      }
      assertThat(world.state().access().keys().find("k-1")).isEmpty();
      assertThat(world.state().access().keys().find("k-2")).isPresent();
      assertThat(world.state().access().keys().live()).isEqualTo(3);
    }
  }

  @Nested
  class SignedRequest {

    @Test
    void countsOnce() {
      world.done(signed(DEV, "n1", creation("dev")));
      int before = world.journal().size();
      assertThat(world.refusal(signed(DEV, "n1", creation("dev"))))
          .isEqualTo(Refusal.REQUEST_WAS_SEEN_BEFORE);
      assertThat(world.journal()).hasSize(before);
    }

    @Test
    void countsOnceEvenIfItWasRefused() {
      DeploymentId none = new DeploymentId("d-none");
      assertThat(refused(signed(DEV, "n1", new CancelDeployment("dev", none))))
          .isEqualTo(Refusal.DEPLOYMENT_NOT_FOUND);
      assertThat(world.refusal(signed(DEV, "n1", new CancelDeployment("dev", none))))
          .isEqualTo(Refusal.REQUEST_WAS_SEEN_BEFORE);
    }

    @Test
    void countsOnceAcrossATakeOver() {
      world.done(signed(DEV, "n1", creation("dev")));
      world.takeOver();
      assertThat(world.refusal(signed(DEV, "n1", creation("dev"))))
          .isEqualTo(Refusal.REQUEST_WAS_SEEN_BEFORE);
    }

    @Test
    void isNotAnsweredFromItsIdempotencyKeyAgain() {
      KeyMark key = KeyMark.of("scope", HASH.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      ActAs asked = signed(DEV, "n1", creation("dev"));
      assertThat(world.run(asked, key)).isInstanceOf(Outcome.Done.class);
      assertThat(world.run(asked, key)).isInstanceOf(Outcome.Refused.class);
      Outcome repeated = world.run(signed(DEV, "n2", creation("dev")), key);
      assertThat(repeated)
          .isInstanceOfSatisfying(Outcome.Done.class, done -> assertThat(done.replayed()).isTrue());
    }

    @Test
    void isRefusedOnceItsNonceIsForgotten() {
      ActAs asked = signed(DEV, "n1", creation("dev"));
      world.done(asked);
      world.skip(ofMinutes(2));
      world.done(signed(DEV, "n2", creation("dev")));
      assertThat(world.state().access().nonces().count()).isEqualTo(1);
      assertThat(world.refusal(asked)).isEqualTo(Refusal.SIGNATURE_IS_TOO_OLD);
    }

    @Test
    void tellsKeysApart() {
      world.done(signed(DEV, "n1", creation("dev")));
      Nonce ofAnother = new Nonce("ef".repeat(32), "n1", world.nowMs() + 120_000);
      List<Event> events = world.eventsOf(new ActAs(DEV, ofAnother, creation("dev")));
      assertThat(events.get(0)).isInstanceOf(NonceUsed.class);
    }
  }

  @Nested
  class Owner {

    @Test
    void isTheOnlyOneToEndItsDeployment() {
      DeploymentId id = world.create();
      assertThat(world.refusal(by(STRANGER, new CancelDeployment("dev", id))))
          .isEqualTo(Refusal.DEPLOYMENT_NOT_FOUND);
      world.done(by(DEV, new CancelDeployment("dev", id)));
    }

    @Test
    void isTheOnlyOneToStartItsMiner() {
      MinerId miner = world.register("m");
      String operator = world.miner(miner).operator();
      Caller other = issue(new Caller(Role.OPERATOR, "somebody", "k-1"));
      Caller own = issue(new Caller(Role.OPERATOR, operator, "k-2"));
      assertThat(world.refusal(by(other, new StartMiner(miner))))
          .isEqualTo(Refusal.MINER_NOT_FOUND);
      assertThat(world.refusal(by(DEV, new StartMiner(miner))))
          .isEqualTo(Refusal.CALLER_MAY_NOT_DO_THIS);
      world.done(by(own, new StartMiner(miner)));
    }

    @Test
    void isTheOnlyOneToRegisterUnderItsName() {
      var registration = Samples.registration("m");
      Caller other = issue(new Caller(Role.OPERATOR, "somebody", "k-1"));
      assertThat(world.refusal(by(other, registration))).isEqualTo(Refusal.CALLER_MAY_NOT_DO_THIS);
      world.done(
          by(issue(new Caller(Role.OPERATOR, registration.operator(), "k-2")), registration));
    }

    @Test
    void isTheMinerItselfForItsAssignmentAndHeartbeats() {
      MinerId one = world.idle("one");
      MinerId two = world.idle("two");
      AssignmentId id = world.offer(world.create(), one).get(0);
      AcknowledgeAssignment taken = new AcknowledgeAssignment(id, world.assignment(id).epoch());
      assertThat(world.refusal(by(Caller.miner(two.text()), taken)))
          .isEqualTo(Refusal.ASSIGNMENT_NOT_FOUND);
      assertThat(world.refusal(by(ADMIN, taken))).isEqualTo(Refusal.CALLER_MAY_NOT_DO_THIS);
      assertThat(world.refusal(by(Caller.miner(two.text()), new Heartbeat(one, 1, null))))
          .isEqualTo(Refusal.MINER_NOT_FOUND);
      world.done(by(Caller.miner(one.text()), taken));
      world.done(by(Caller.miner(one.text()), new Heartbeat(one, 1, null)));
    }

    @Test
    void isNobodyForWhatTheServiceDoesItself() {
      assertThat(world.refusal(by(ADMIN, new Tick()))).isEqualTo(Refusal.CALLER_MAY_NOT_DO_THIS);
    }

    @Test
    void isThePayoutLayerForMoney() {
      Deposit deposit = new Deposit("dev", Amount.ofPha(1), "r", Amount.ZERO);
      assertThat(world.refusal(by(DEV, deposit))).isEqualTo(Refusal.CALLER_MAY_NOT_DO_THIS);
      world.done(by(issue(new Caller(Role.PAYOUT, "bank", "k-1")), deposit));
    }

    @Test
    void isKnownByTheKeyItHas() {
      Caller lookalike = new Caller(Role.ADMIN, "dev", "k-dev");
      assertThat(world.refusal(by(lookalike, creation("dev"))))
          .isEqualTo(Refusal.CALLER_IS_UNKNOWN);
      assertThat(world.refusal(by(Caller.miner("00".repeat(32)), creation("dev"))))
          .isEqualTo(Refusal.CALLER_IS_UNKNOWN);
    }
  }

  @Nested
  class Quota {

    @Test
    void limitsHowManyDeploymentsOfADeveloperWait() {
      Policy now = world.state().policy();
      world.policy(now.with(new AccessRules(2)));
      world.done(by(DEV, creation("dev")));
      DeploymentId second = DeploymentId.at(world.state().position() + 1);
      world.done(by(DEV, creation("dev")));
      assertThat(world.refusal(by(DEV, creation("dev"))))
          .isEqualTo(Refusal.TOO_MANY_DEPLOYMENTS_WAIT);
      world.done(by(DEV, new CancelDeployment("dev", second)));
      world.done(by(DEV, creation("dev")));
    }
  }

  @Nested
  class AuditTrail {

    @Test
    void namesWhoDidWhatToWhat() {
      List<Event> events = world.eventsOf(by(ADMIN, new ChangePolicy(world.state().policy(), 1)));
      assertThat(events.get(events.size() - 1))
          .isInstanceOfSatisfying(
              AdminActed.class,
              acted -> {
                assertThat(acted.keyId()).isEqualTo("k-admin");
                assertThat(acted.name()).isEqualTo("root");
                assertThat(acted.action()).isEqualTo("changePolicy");
                assertThat(acted.subject()).isEqualTo("service");
                assertThat(acted.detail()).isNotNull();
              });
    }

    @Test
    void hasNoHashOfASecret() {
      String line =
          world.eventsOf(by(ADMIN, new IssueKey("k-1", Role.PAYOUT, "bank", HASH, null))).stream()
              .filter(AdminActed.class::isInstance)
              .findFirst()
              .orElseThrow()
              .toString();
      assertThat(line).contains("bank").doesNotContain(HASH);
    }

    @Test
    void leavesOutWhatOthersDoAndWhatIsRefused() {
      assertThat(world.eventsOf(by(DEV, creation("dev")))).noneMatch(AdminActed.class::isInstance);
      int before = world.journal().size();
      assertThat(refused(by(ADMIN, new RevokeKey("k-none")))).isEqualTo(Refusal.API_KEY_NOT_FOUND);
      assertThat(world.journal()).hasSize(before);
    }
  }
}
