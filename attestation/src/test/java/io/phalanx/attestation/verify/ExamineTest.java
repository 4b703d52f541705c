package io.phalanx.attestation.verify;

import static io.phalanx.attestation.authority.DcapForge.sgx;
import static io.phalanx.attestation.authority.DcapForge.tdx;
import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.CollateralVerdict;
import io.phalanx.attestation.RejectReason;
import io.phalanx.attestation.TeeKind;
import io.phalanx.attestation.authority.DcapForge;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Collateral by itself. */
final class ExamineTest {

  private static CollateralVerdict examine(DcapForge forge, Instant at) {
    return Attestors.fresh().examine(forge.collateral(), at);
  }

  private static RejectReason reason(CollateralVerdict verdict) {
    return ((CollateralVerdict.Unsound) verdict).reason();
  }

  @Test
  void tellsWhatItIsForAndUntilWhen() {
    Bytes fmspc = Bytes.ofHex("00a067110000").orElseThrow();
    assertThat(examine(tdx(), DcapForge.NOW))
        .isEqualTo(
            new CollateralVerdict.Sound(
                TeeKind.TDX, fmspc, DcapForge.ISSUED, DcapForge.NEXT, true));
    assertThat(examine(sgx().collateral(fields -> fields.remove("pck_crl")), DcapForge.NOW))
        .isEqualTo(
            new CollateralVerdict.Sound(
                TeeKind.SGX, fmspc, DcapForge.ISSUED, DcapForge.NEXT, false));
  }

  @Test
  void refusesWhatDoesNotCountNow() {
    assertThat(reason(examine(sgx(), DcapForge.NEXT.plusSeconds(1))))
        .isEqualTo(RejectReason.TCB_INFO_IS_EXPIRED);
    assertThat(reason(examine(sgx(), DcapForge.ISSUED.minusSeconds(1))))
        .isEqualTo(RejectReason.TCB_INFO_IS_NOT_YET_VALID);
  }

  @Test
  void refusesWhatIsNotOfOnePiece() {
    DcapForge mixed = tdx().qeIdentity(identity -> identity.put("id", "QE"));
    assertThat(reason(examine(mixed, DcapForge.NOW)))
        .isEqualTo(RejectReason.COLLATERAL_IS_OF_ANOTHER_TEE);
  }

  @Test
  void refusesWhatIsForged() {
    DcapForge forged =
        sgx().collateral(fields -> fields.put("tcb_info", fields.get("tcb_info").asText() + "\n"));
    assertThat(reason(examine(forged, DcapForge.NOW)))
        .isEqualTo(RejectReason.TCB_INFO_SIGNATURE_IS_INVALID);
  }
}
