package io.phalanx.attestation.authority;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** The JSON that the authority signs, before a test changes it. */
final class CollateralText {
  static final String ISSUED = "2026-01-05T00:00:00Z";
  static final String NEXT = "2026-02-04T00:00:00Z";
  static final String QE_SIGNER = "8C".repeat(32);
  static final int QE_PRODUCT = 1;
  static final int QE_SVN = 8;
  static final String MODULE_SIGNER = "00".repeat(48);

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private CollateralText() {}

  static ObjectNode sgx() {
    ObjectNode info = info("SGX");
    levels(info, false);
    return info;
  }

  static ObjectNode tdx() {
    ObjectNode info = info("TDX");
    info.set("tdxModule", module(NODES.objectNode()));
    ObjectNode first = module(NODES.objectNode().put("id", "TDX_01"));
    first
        .putArray("tcbLevels")
        .add(svnLevel(4, "UpToDate"))
        .add(svnLevel(2, "OutOfDate", "INTEL-SA-01010"));
    info.putArray("tdxModuleIdentities").add(first);
    levels(info, true);
    return info;
  }

  private static ObjectNode info(String id) {
    return NODES
        .objectNode()
        .put("id", id)
        .put("version", 3)
        .put("issueDate", ISSUED)
        .put("nextUpdate", NEXT)
        .put("fmspc", "00A067110000")
        .put("pceId", "0000")
        .put("tcbType", 0)
        .put("tcbEvaluationDataNumber", 17);
  }

  private static ObjectNode module(ObjectNode node) {
    return node.put("mrsigner", MODULE_SIGNER)
        .put("attributes", "00".repeat(8))
        .put("attributesMask", "FF".repeat(8));
  }

  /** Each level needs one less of the first component than the one before. */
  private static void levels(ObjectNode info, boolean isTdx) {
    ArrayNode levels = info.putArray("tcbLevels");
    level(levels, isTdx, 5, "UpToDate");
    level(levels, isTdx, 4, "OutOfDate", "INTEL-SA-00615");
    level(levels, isTdx, 1, "Revoked", "INTEL-SA-00289");
  }

  static void level(
      ArrayNode levels, boolean isTdx, int first, String status, String... advisories) {
    ObjectNode level = levels.addObject();
    ObjectNode tcb = level.putObject("tcb");
    components(tcb.putArray("sgxtcbcomponents"), Machine.components(first, first, 2, 2));
    tcb.put("pcesvn", 11);
    if (isTdx) {
      components(tcb.putArray("tdxtcbcomponents"), tdxComponents(3, 0, 2));
    }
    level.put("tcbDate", "2025-03-13T00:00:00Z").put("tcbStatus", status);
    if (advisories.length > 0) {
      ArrayNode names = level.putArray("advisoryIDs");
      for (String advisory : advisories) {
        names.add(advisory);
      }
    }
  }

  private static int[] tdxComponents(int... first) {
    int[] all = new int[16];
    System.arraycopy(first, 0, all, 0, first.length);
    return all;
  }

  private static void components(ArrayNode array, int[] svns) {
    for (int svn : svns) {
      array.addObject().put("svn", svn).put("category", "BIOS");
    }
  }

  static ObjectNode svnLevel(int svn, String status, String... advisories) {
    ObjectNode level = NODES.objectNode();
    level.putObject("tcb").put("isvsvn", svn);
    level.put("tcbDate", "2025-03-13T00:00:00Z").put("tcbStatus", status);
    ArrayNode names = level.putArray("advisoryIDs");
    for (String advisory : advisories) {
      names.add(advisory);
    }
    return level;
  }

  static ObjectNode qeIdentity(boolean isTdx) {
    ObjectNode identity =
        NODES
            .objectNode()
            .put("id", isTdx ? "TD_QE" : "QE")
            .put("version", 2)
            .put("issueDate", ISSUED)
            .put("nextUpdate", NEXT)
            .put("tcbEvaluationDataNumber", 17)
            .put("miscselect", "00000000")
            .put("miscselectMask", "FFFFFFFF")
            .put("attributes", "11000000000000000000000000000000")
            .put("attributesMask", "FBFFFFFFFFFFFFFF0000000000000000")
            .put("mrsigner", QE_SIGNER)
            .put("isvprodid", QE_PRODUCT);
    identity
        .putArray("tcbLevels")
        .add(svnLevel(QE_SVN, "UpToDate"))
        .add(svnLevel(6, "OutOfDate", "INTEL-SA-00477"));
    return identity;
  }

  /** The same levels as version 2 words them: one field for each part, and no advisories. */
  static void toVersion2(ObjectNode info) {
    info.put("version", 2).remove("id");
    for (var level : info.withArray("tcbLevels")) {
      ObjectNode owner = (ObjectNode) level;
      owner.remove("advisoryIDs");
      ObjectNode tcb = (ObjectNode) owner.get("tcb");
      int part = 1;
      for (var component : tcb.remove("sgxtcbcomponents")) {
        String name = String.format(Locale.ROOT, "sgxtcbcomp%02dsvn", part++);
        tcb.put(name, component.get("svn").intValue());
      }
    }
  }
}
