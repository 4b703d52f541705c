package io.phalanx.api.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.api.auth.Reach;
import io.phalanx.api.auth.RoleTable;
import io.phalanx.api.contract.Operation;
import io.phalanx.api.support.ServedNode;
import io.phalanx.api.support.ServedNode.Reply;
import io.phalanx.api.support.Signer;
import io.phalanx.api.support.Tenants;
import io.phalanx.api.support.TestServer;
import io.phalanx.scheduler.access.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Every operation of the contract, called by its owner, by another of the same role, by every other
 * role, without a key and with a revoked one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TenantMatrixTest {
  /** What is no resource of somebody's: there is no other whose it could be. */
  private static final Set<String> OF_THE_CALLER =
      Set.of(
          "createDeployment",
          "createQuote",
          "listDeployments",
          "listQuotes",
          "streamAll",
          "listMiners",
          "listSettlements",
          "listReceipts",
          "getStatement");

  private static final Signer OWN_MINER = Signer.of("own");
  private static final Signer OTHER_MINER = Signer.of("other");
  private static final Signer NEW_MINER = Signer.of("new");

  /**
   * Somebody who calls.
   *
   * @param owns whether the things of this test are its own
   * @param key what it presents; empty when it signs
   */
  private record Subject(Role role, boolean owns, String key, @Nullable Signer signer) {}

  private final List<Subject> subjects = new ArrayList<>();

  /** Of the right shape; what it says is looked at only for who may bring it. */
  private static final String COLLATERAL =
      """
      {"tcb_info_issuer_chain": "", "tcb_info": "{}", "tcb_info_signature": "00",
       "qe_identity_issuer_chain": "", "qe_identity": "{}", "qe_identity_signature": "00"}""";

  @SuppressWarnings("NullAway.Init") // set before all tests
  private Tenants tenants;

  private String revoked = "";
  private String spareKeyId = "";
  private String deployment = "";
  private String assignment = "";
  private String receipt = "";
  private String quote = "";
  private long epoch;

  @BeforeAll
  void settle(@TempDir Path folder) {
    tenants = Tenants.start(folder, Map.of("settlement-period", "PT1S"));
    Reply spare = tenants.issue("admin", "spare");
    revoked = spare.text("key");
    tenants.call(tenants.admin(), "DELETE", "/v1/keys/" + spare.text("id"), "");
    spareKeyId = tenants.issue("developer", "nobody").text("id");
    String payout = subject(Role.PAYOUT, true, "bank");
    subjects.add(new Subject(Role.ADMIN, true, tenants.admin(), null));
    String developer = subject(Role.DEVELOPER, true, "acme");
    subject(Role.DEVELOPER, false, "rival");
    String operator = subject(Role.OPERATOR, true, "op-1");
    String otherOperator = subject(Role.OPERATOR, false, "op-2");
    subjects.add(new Subject(Role.MINER, true, "", OWN_MINER));
    subjects.add(new Subject(Role.MINER, false, "", OTHER_MINER));
    String amount = "{\"amount\": \"1000000000000000\", \"reference\": \"first\"}";
    tenants.call(payout, "POST", "/v1/accounts/acme/deposits", amount);
    tenants.enlist(OWN_MINER, "op-1", operator, payout);
    work(developer);
    tenants.enlist(OTHER_MINER, "op-2", otherOperator, payout);
    quote = quoted(developer);
    awaitSettlement();
    String path = "/v1/receipts?miner=" + OWN_MINER.keyId();
    while (receipt.isEmpty()) {
      receipt =
          tenants.call(tenants.admin(), "GET", path, "").json().at("/items/0/id").asString("");
    }
  }

  @AfterAll
  void stop() {
    tenants.close();
  }

  private String subject(Role role, boolean owns, String name) {
    String key = tenants.key(role.name().toLowerCase(java.util.Locale.ROOT), name);
    subjects.add(new Subject(role, owns, key, null));
    return key;
  }

  private void work(String developer) {
    Reply created = tenants.call(developer, "POST", "/v1/deployments", ServedNode.request(""));
    deployment = created.text("id");
    JsonNode order = null;
    for (long sequence = 1; order == null; sequence++) {
      String beat = "{\"sequence\": " + sequence + "}";
      String path = "/v1/miners/" + OWN_MINER.keyId() + "/heartbeats";
      order = tenants.signed(OWN_MINER, "POST", path, beat).json().path("assignments").get(0);
    }
    assignment = order.path("id").asString();
    epoch = order.path("epoch").asLong();
    String path = "/v1/assignments/" + assignment;
    tenants.signed(OWN_MINER, "POST", path + "/acknowledge", "{\"epoch\": " + epoch + "}");
    assertThat(tenants.call(developer, "POST", path + "/gas", reading(1)).status()).isEqualTo(200);
  }

  private String quoted(String developer) {
    String percent = "{\"quotes\": {\"percent\": 100}}";
    tenants.call(tenants.admin(), "PATCH", "/v1/policy", percent, "If-Match", "*");
    Reply offered = tenants.call(developer, "POST", "/v1/quotes", ServedNode.request(""));
    assertThat(offered.status()).as(offered.response().body()).isEqualTo(201);
    return offered.text("id");
  }

  private String reading(long sequence) {
    return "{\"epoch\": %d, \"sequence\": %d, \"gasUsed\": %d, \"signature\": \"%s\"}"
        .formatted(
            epoch,
            sequence,
            sequence * 100,
            OWN_MINER.reading(assignment, epoch, sequence, sequence * 100, false));
  }

  private void awaitSettlement() {
    while (tenants.call(tenants.admin(), "GET", "/v1/settlements/1", "").status() != 200) {
      Thread.onSpinWait();
    }
  }

  private String path(Operation operation, boolean isAdmin) {
    String id = deployment;
    if (operation.path().startsWith("/v1/assignments")) {
      id = assignment;
    } else if (operation.path().startsWith("/v1/quotes")) {
      id = quote;
    } else if (operation.path().startsWith("/v1/keys")) {
      id = spareKeyId;
    } else if (operation.path().startsWith("/v1/receipts")) {
      id = receipt;
    } else if (operation.id().equals("getStatement") && isAdmin) {
      return operation.path() + "?developer=acme";
    }
    return operation
        .path()
        .replace("{id}", id)
        .replace("{minerId}", OWN_MINER.keyId())
        .replace("{fmspc}", "00A067110000")
        .replace("{developer}", "acme")
        .replace("{number}", "1")
        .replace("{name}", "not-found");
  }

  private String body(Operation operation) {
    return switch (operation.id()) {
      case "createDeployment", "createQuote" -> ServedNode.request("");
      case "patchDeployment" -> "{\"labels\": {\"seen\": \"yes\"}}";
      case "deposit", "withdraw", "stateStake" -> "{\"amount\": \"1\", \"reference\": \"matrix\"}";
      case "registerMiner" -> Tenants.registration(NEW_MINER, "op-1");
      case "patchMiner" -> "{\"gasPrice\": \"901\"}";
      case "renewAttestation" -> "{\"type\": \"declared\", \"tier\": 2}";
      case "cordonMiner" -> "{\"reason\": \"matrix\"}";
      case "heartbeat" -> "{\"sequence\": 9000000000000000}";
      case "acknowledgeAssignment", "completeAssignment", "failAssignment" ->
          "{\"epoch\": " + epoch + "}";
      case "reportAssignmentGas" -> reading(2);
      case "reportGas" ->
          "{\"readings\": ["
              + reading(3).replace("{", "{\"assignmentId\": \"" + assignment + "\", ")
              + "]}";
      case "correctCharge" -> "{\"receiptId\": \"" + receipt + "\", \"reason\": \"matrix\"}";
      case "acknowledgeSettlement" -> "{\"reference\": \"matrix\"}";
      case "patchPolicy" -> "{\"gas\": {\"treasuryPercent\": 20}}";
      case "putCollateral" -> COLLATERAL;
      case "createKey" -> "{\"role\": \"developer\", \"name\": \"new\"}";
      default -> "";
    };
  }

  /** A stream that may be opened is refused for its id: 410. */
  private static String[] extra(Operation operation) {
    return operation.streams()
        ? new String[] {"Last-Event-ID", "nonsense"}
        : operation.id().equals("patchPolicy") ? new String[] {"If-Match", "*"} : new String[0];
  }

  private Reply call(Operation operation, Subject subject) {
    Signer signer = subject.signer();
    String path = path(operation, subject.role() == Role.ADMIN);
    String body = body(operation);
    if (signer != null) {
      String[] signature = tenants.signature(signer, operation.method(), path, body);
      return tenants.call("", operation.method(), path, body, both(signature, extra(operation)));
    }
    String[] more = extra(operation);
    if (operation.id().equals("registerMiner")) {
      more = tenants.signature(NEW_MINER, "POST", path, body);
    }
    return tenants.call(subject.key(), operation.method(), path, body, more);
  }

  private static String[] both(String[] one, String[] other) {
    List<String> all = new ArrayList<>(List.of(one));
    all.addAll(List.of(other));
    return all.toArray(String[]::new);
  }

  private static List<Operation> operations() {
    return TestServer.CONTRACT.operations();
  }

  private long position() {
    return tenants.node().node().engine().replica().head().last();
  }

  private static Reach reach(Operation operation, Subject subject) {
    return RoleTable.of(operation.id()).of(subject.role());
  }

  private static String described(Operation operation, Object who) {
    return operation.method() + " " + operation.path() + " by " + who;
  }

  @Test
  @Order(1)
  void eachOperationHasItsRow() {
    assertThat(operations()).extracting(Operation::id).isSubsetOf(RoleTable.known());
  }

  @Test
  @Order(1)
  void aReceiptCarriesTheSignatureOfItsMiner() {
    Reply found = tenants.call(tenants.admin(), "GET", "/v1/receipts/" + receipt, "");
    assertThat(found.text("minerSignature"))
        .isEqualTo(OWN_MINER.reading(assignment, epoch, 1, 100, false));
  }

  @Test
  @Order(2)
  void nobodyAndWhoeverHasARevokedKeyIsUnauthenticated() {
    for (Operation operation : operations()) {
      boolean open = RoleTable.isPublic(operation.id());
      String path = path(operation, false);
      for (String key : new String[] {"", "phx_k-0123456789abcdef_" + "00".repeat(32), revoked}) {
        Reply reply =
            tenants.call(key, operation.method(), path, body(operation), extra(operation));
        if (open && key.isEmpty()) {
          assertThat(reply.status()).as(described(operation, "nobody")).isIn(200, 422);
        } else {
          assertThat(reply.status()).as(described(operation, key)).isEqualTo(401);
        }
      }
    }
  }

  @Test
  @Order(3)
  void anotherRoleIsForbiddenAndAnotherTenantSeesNothing() {
    int checked = 0;
    for (Operation operation : operations()) {
      if (RoleTable.isPublic(operation.id())) {
        continue;
      }
      for (Subject subject : subjects) {
        Reach reach = reach(operation, subject);
        boolean foreign =
            !subject.owns()
                && Set.of(Reach.OWN, Reach.OWN_LINES).contains(reach)
                && !OF_THE_CALLER.contains(operation.id());
        if (reach == Reach.NONE || foreign) {
          int expected = reach == Reach.NONE || operation.id().equals("registerMiner") ? 403 : 404;
          Reply reply = call(operation, subject);
          assertThat(reply.status())
              .as(described(operation, subject.role()) + " " + reply.response().body())
              .isEqualTo(expected);
          checked++;
        }
      }
    }
    assertThat(checked).isGreaterThan(150);
  }

  @Test
  @Order(4)
  void whatIsRefusedChangesNothing() {
    Reply entries = tenants.call(tenants.admin(), "GET", "/v1/accounts/acme/entries", "");
    assertThat(entries.response().body()).doesNotContain("matrix");
    Reply found = tenants.call(tenants.admin(), "GET", "/v1/deployments/" + deployment, "");
    assertThat(found.text("state")).isEqualTo("Running");
    String miner = "/v1/miners/" + OWN_MINER.keyId();
    JsonNode own = tenants.call(tenants.admin(), "GET", miner, "").json();
    assertThat(own.path("cordoned").isNull()).isTrue();
    assertThat(own.path("gasPrice").asString()).isEqualTo("900");
    assertThat(own.path("stake").asString()).isEqualTo("5000000000000000");
  }

  @Test
  @Order(5)
  void thePublicPartOfAMinerIsAllThatOthersSee() {
    Operation one = operation("getMiner");
    Operation many = operation("listMiners");
    for (Subject subject : subjects) {
      Reach reach = reach(one, subject);
      boolean whole = reach == Reach.ALL || (reach == Reach.OWN_ELSE_PUBLIC && subject.owns());
      JsonNode miner = call(one, subject).json();
      assertThat(miner.has("stake")).as(described(one, subject.role())).isEqualTo(whole);
      assertThat(miner.has("assignmentId")).isEqualTo(whole);
      assertThat(miner.has("tierEvidence")).isTrue();
      for (JsonNode item : call(many, subject).json().path("items")) {
        if (item.path("minerId").asString().equals(OWN_MINER.keyId())) {
          assertThat(item.has("earned")).as(described(many, subject.role())).isEqualTo(whole);
        }
      }
    }
  }

  @Test
  @Order(6)
  void eachTenantListsItsOwn() {
    for (Subject subject : subjects) {
      for (String id :
          new String[] {"listDeployments", "listQuotes", "listSettlements", "listReceipts"}) {
        if (reach(operation(id), subject) != Reach.NONE) {
          JsonNode items = call(operation(id), subject).json().path("items");
          assertThat(items.isEmpty()).as(id + " " + subject.role()).isEqualTo(!subject.owns());
        }
      }
    }
  }

  @Test
  @Order(7)
  void whoMayIsNotTurnedAway() {
    for (Operation operation : operations()) {
      for (Subject subject : subjects) {
        Reach reach = reach(operation, subject);
        boolean skipped =
            RoleTable.isPublic(operation.id())
                || operation.id().equals("registerMiner")
                || (!subject.owns() && !OF_THE_CALLER.contains(operation.id()));
        if (reach != Reach.NONE && !skipped) {
          Reply reply = call(operation, subject);
          assertThat(reply.status())
              .as(described(operation, subject.role()) + " " + reply.response().body())
              .isNotIn(401, 403, 404)
              .isLessThan(500);
        }
      }
    }
  }

  @Test
  @Order(8)
  void aRegistrationTakesTwo() {
    Operation operation = operation("registerMiner");
    String body = body(operation);
    Subject operator =
        subjects.stream()
            .filter(subject -> subject.role() == Role.OPERATOR && subject.owns())
            .findFirst()
            .orElseThrow();
    long before = position();
    assertThat(tenants.call(operator.key(), "POST", "/v1/miners", body).status()).isEqualTo(401);
    String[] another = tenants.signature(OWN_MINER, "POST", "/v1/miners", body);
    assertThat(tenants.call(operator.key(), "POST", "/v1/miners", body, another).status())
        .isEqualTo(403);
    assertThat(tenants.signed(NEW_MINER, "POST", "/v1/miners", body).status()).isEqualTo(401);
    assertThat(position()).isGreaterThanOrEqualTo(before);
    Reply registered = call(operation, operator);
    assertThat(registered.status()).isEqualTo(201);
    assertThat(registered.text("stake")).isEqualTo("0"); // whatever it said of itself
  }

  @Test
  @Order(9)
  void theAuditTrailSaysWhatAdminsDid() {
    JsonNode lines =
        tenants.call(tenants.admin(), "GET", "/v1/audit?limit=1000", "").json().path("items");
    List<String> actions = new ArrayList<>();
    lines.forEach(line -> actions.add(line.path("action").asString()));
    assertThat(actions)
        .contains("issueKey", "revokeKey", "changePolicy", "cancelDeployment", "cordonMiner");
    for (JsonNode line : lines) {
      assertThat(line.path("name").asString()).isIn("admin", "node-1");
      assertThat(line.path("time").asString()).endsWith("Z");
      assertThat(line.path("subject").asString()).isNotEmpty();
      assertThat(line.toString()).doesNotContain("secretHash");
    }
  }

  private static Operation operation(String id) {
    return operations().stream().filter(op -> op.id().equals(id)).findFirst().orElseThrow();
  }
}
