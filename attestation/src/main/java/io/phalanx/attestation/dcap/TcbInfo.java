package io.phalanx.attestation.dcap;

import static io.phalanx.attestation.RejectReason.TCB_INFO_IS_MALFORMED;

import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.RejectedException;
import io.phalanx.attestation.TeeKind;
import io.phalanx.attestation.json.JsonFields;
import io.phalanx.attestation.x509.Validity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What Intel says of the levels of one processor family (PCS API, TCB info version 2 or 3).
 *
 * @param tee what it is for; version 2 knows SGX only
 * @param namesAdvisories whether its levels come with advisories, from version 3 on
 * @param validity from its issue to when the next is due
 * @param fmspc the family
 * @param pceId the provisioning certification enclave
 * @param levels best first
 * @param module the TDX module without a major version; none for SGX
 * @param modules those with one
 */
record TcbInfo(
    TeeKind tee,
    boolean namesAdvisories,
    Validity validity,
    Bytes fmspc,
    Bytes pceId,
    List<TcbLevel> levels,
    Optional<TdxModule> module,
    List<TdxModule> modules) {

  private static final int MAX_LENGTH = 524_288;
  private static final int MAX_LEVELS = 256;
  private static final int MAX_MODULES = 64;

  static TcbInfo parse(String text) throws RejectedException {
    JsonFields info = JsonFields.parse(Bytes.utf8(text), MAX_LENGTH, TCB_INFO_IS_MALFORMED);
    int version = info.integer("version", Integer.MAX_VALUE);
    if (version != 2 && version != 3) {
      throw info.fault("version", "2 or 3");
    }
    String id = version == 2 ? info.text("id", "SGX") : info.text("id");
    boolean isTdx = id.equals("TDX");
    if ((!isTdx && !id.equals("SGX")) || (isTdx && version == 2)) {
      throw info.fault("id", "SGX, or TDX from version 3 on");
    }
    if (info.integer("tcbType", Integer.MAX_VALUE) != 0) {
      throw info.fault("tcbType", "0, the only way to compare levels that is known");
    }
    List<TdxModule> modules = new ArrayList<>();
    for (JsonFields module : info.objects("tdxModuleIdentities", MAX_MODULES)) {
      modules.add(TdxModule.read(module));
    }
    return new TcbInfo(
        isTdx ? TeeKind.TDX : TeeKind.SGX,
        version > 2,
        new Validity(info.time("issueDate"), info.time("nextUpdate")),
        info.hex("fmspc", 6),
        info.hex("pceId", 2),
        levels(info, version, isTdx),
        isTdx ? Optional.of(TdxModule.read(info.object("tdxModule"))) : Optional.empty(),
        List.copyOf(modules));
  }

  private static List<TcbLevel> levels(JsonFields info, int version, boolean isTdx)
      throws RejectedException {
    List<TcbLevel> levels = new ArrayList<>();
    for (JsonFields level : info.objects("tcbLevels", MAX_LEVELS)) {
      levels.add(version == 2 ? TcbLevel.readV2(level) : TcbLevel.readV3(level, isTdx));
    }
    levels.sort(TcbLevel.BEST_FIRST);
    return List.copyOf(levels);
  }
}
