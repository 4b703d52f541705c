package io.phalanx.attestation.dcap;

import static io.phalanx.attestation.RejectReason.STATUS_IS_NOT_ACCEPTED;
import static io.phalanx.attestation.RejectReason.TCB_IS_REVOKED;

import io.phalanx.attestation.QuoteStatus;
import io.phalanx.attestation.RejectedException;
import io.phalanx.attestation.json.JsonFields;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Intel's judgement of one level, as the collateral words it.
 *
 * @param statusName such as {@code UpToDate}; may be a word that nobody here knows
 * @param advisories Intel's advisories that it comes with
 */
record Rating(String statusName, List<String> advisories) {
  private static final int MAX_ADVISORIES = 128;

  Rating {
    advisories = List.copyOf(advisories);
  }

  /** Reads {@code tcbStatus} and {@code advisoryIDs} of a level. */
  static Rating read(JsonFields level) throws RejectedException {
    return new Rating(level.text("tcbStatus"), level.texts("advisoryIDs", MAX_ADVISORIES));
  }

  /** The status, if it leaves anything to accept. */
  QuoteStatus status(String part) throws RejectedException {
    if (statusName.equals("Revoked")) {
      throw new RejectedException(
          TCB_IS_REVOKED, "Intel has revoked the level of the " + part + ".");
    }
    return QuoteStatus.ofDcap(statusName)
        .orElseThrow(
            () ->
                new RejectedException(
                    STATUS_IS_NOT_ACCEPTED,
                    "The status of the " + part + " is not in the tier table."));
  }

  /** The advisories of all of them, each once, in their order. */
  static List<String> union(List<Rating> ratings) {
    Set<String> all = new LinkedHashSet<>();
    ratings.forEach(rating -> all.addAll(rating.advisories()));
    return new ArrayList<>(all);
  }
}
