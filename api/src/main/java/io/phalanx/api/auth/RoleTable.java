package io.phalanx.api.auth;

import static io.phalanx.api.auth.Reach.ALL;
import static io.phalanx.api.auth.Reach.NONE;
import static io.phalanx.api.auth.Reach.OWN;
import static io.phalanx.api.auth.Reach.OWN_ELSE_PUBLIC;
import static io.phalanx.api.auth.Reach.OWN_LINES;
import static io.phalanx.api.auth.Reach.PUBLIC_PART;
import static io.phalanx.api.auth.Reach.RELAY;

import io.phalanx.scheduler.access.Role;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which role may call what, and how far it reaches: the one table. An operation that is not in it
 * is for admins only.
 */
public final class RoleTable {

  private static final Row ADMINS = new Row(NONE, NONE, NONE, NONE);
  private static final Map<String, Row> ROWS = new LinkedHashMap<>();
  private static final Set<String> PUBLIC = new LinkedHashSet<>();

  static {
    row(
        new Row(OWN, NONE, NONE, NONE),
        "createDeployment",
        "listDeployments",
        "getDeployment",
        "patchDeployment",
        "deleteDeployment",
        "listAssignments",
        "explainDeployment",
        "streamDeployment",
        "getDeploymentGas",
        "createQuote",
        "listQuotes",
        "getQuote",
        "deleteQuote");
    row(new Row(OWN, OWN, OWN, ALL), "streamAll");
    row(new Row(OWN, NONE, NONE, ALL), "getAccount", "listEntries");
    row(new Row(NONE, NONE, NONE, ALL), "deposit", "withdraw", "stateStake");
    row(
        new Row(PUBLIC_PART, OWN_ELSE_PUBLIC, OWN_ELSE_PUBLIC, ALL),
        "listMiners",
        "getMiner",
        "streamMiner");
    row(new Row(NONE, ALL, ALL, NONE), "getAttestationNonce");
    row(
        new Row(NONE, OWN, NONE, NONE),
        "registerMiner",
        "patchMiner",
        "startMiner",
        "stopMiner",
        "renewAttestation",
        "cordonMiner",
        "uncordonMiner");
    row(
        new Row(NONE, NONE, OWN, NONE, NONE),
        "heartbeat",
        "acknowledgeAssignment",
        "completeAssignment",
        "failAssignment");
    row(new Row(RELAY, RELAY, RELAY, RELAY, RELAY), "reportGas", "reportAssignmentGas");
    row(new Row(NONE, OWN_LINES, OWN_LINES, ALL), "listSettlements", "getSettlement", "listInputs");
    row(new Row(NONE, NONE, NONE, ALL), "acknowledgeSettlement");
    row(new Row(OWN, OWN, OWN, ALL), "listReceipts", "getReceipt", "proveReceipt");
    row(new Row(OWN, OWN, OWN, NONE), "getStatement");
    row(
        ADMINS,
        "correctCharge",
        "getPolicy",
        "patchPolicy",
        "listRounds",
        "getRound",
        "getCluster",
        "createKey",
        "listKeys",
        "revokeKey",
        "listAudit",
        "putCollateral",
        "metrics");
    PUBLIC.addAll(Set.of("getNetwork", "live", "ready", "openapi", "problem", "echoDeployment"));
    PUBLIC.addAll(Set.of("getLogHead", "proveConsistency", "getSchedulerKey"));
  }

  private RoleTable() {}

  /**
   * How far each role reaches.
   *
   * @param developer a developer
   * @param operator an operator
   * @param miner a miner
   * @param payout the payout layer
   * @param admin an admin
   */
  public record Row(Reach developer, Reach operator, Reach miner, Reach payout, Reach admin) {

    Row(Reach developer, Reach operator, Reach miner, Reach payout) {
      this(developer, operator, miner, payout, ALL);
    }

    /** How far that role reaches. */
    public Reach of(Role role) {
      return switch (role) { // no default: a new role does not compile until it has a column
        case DEVELOPER -> developer;
        case OPERATOR -> operator;
        case MINER -> miner;
        case PAYOUT -> payout;
        case ADMIN -> admin;
      };
    }
  }

  private static void row(Row row, String... operations) {
    for (String operation : operations) {
      ROWS.put(operation, row);
    }
  }

  /** Whether everybody may call the operation, without a key. */
  public static boolean isPublic(String operationId) {
    return PUBLIC.contains(operationId);
  }

  /** Who may call the operation, when not everybody may. */
  public static Row of(String operationId) {
    return ROWS.getOrDefault(operationId, ADMINS);
  }

  /** Operations that have a row or are public. */
  public static Set<String> known() {
    Set<String> known = new LinkedHashSet<>(ROWS.keySet());
    known.addAll(PUBLIC);
    return known;
  }
}
