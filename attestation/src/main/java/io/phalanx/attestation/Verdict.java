package io.phalanx.attestation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What evidence proves: a tier until some time, or nothing for one named reason. */
public sealed interface Verdict {

  /**
   * It holds.
   *
   * @param tier 1 (best) to 5
   * @param status Intel's word for the machine, the worst of its parts
   * @param statusName the same as the evidence words it
   * @param advisories Intel's advisories that come with the status, each once; none where the
   *     collateral cannot name them (TCB info version 2)
   * @param expiresAt when it ceases to prove anything: the earliest end of a certificate, a list or
   *     a piece of collateral, or the policy's maximum age
   * @param claims what was proven of the program
   * @param platform which machine it is, the same for all its evidence of this kind: {@code ppid:}
   *     and the PPID, or {@code epid:} and a hash of the pseudonym, in hex
   * @param evidenceHash SHA-256 of the quote or report
   * @param policyVersion the policy it was judged by
   */
  record Accepted(
      int tier,
      QuoteStatus status,
      String statusName,
      List<String> advisories,
      Instant expiresAt,
      Claims claims,
      String platform,
      Bytes evidenceHash,
      long policyVersion)
      implements Verdict {
    /** Copies the list. */
    public Accepted {
      advisories = List.copyOf(advisories);
    }
  }

  /**
   * It does not.
   *
   * @param reason stable, for programs
   * @param sentence for people
   * @param claims what the evidence says, as far as it could be read; proves nothing
   */
  record Rejected(RejectReason reason, String sentence, Optional<Claims> claims)
      implements Verdict {}
}
