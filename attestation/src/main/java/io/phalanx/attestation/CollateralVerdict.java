package io.phalanx.attestation;

import java.time.Instant;

/** What collateral is worth before any quote is judged by it. */
public sealed interface CollateralVerdict {

  /**
   * It holds. Whether its list of revoked platforms does is known only beside a platform's own
   * certificates.
   *
   * @param tee whose quotes it judges
   * @param fmspc of which processor family, 6 bytes
   * @param issuedAt when its TCB info was issued; of two, the later is the newer
   * @param expiresAt when the first of its parts is to be renewed
   * @param hasAllCrls whether both revocation lists are there
   */
  record Sound(TeeKind tee, Bytes fmspc, Instant issuedAt, Instant expiresAt, boolean hasAllCrls)
      implements CollateralVerdict {}

  /**
   * It does not.
   *
   * @param reason stable, for programs
   * @param sentence for people
   */
  record Unsound(RejectReason reason, String sentence) implements CollateralVerdict {}
}
