package io.phalanx.scheduler.miner;

import org.jspecify.annotations.Nullable;

/**
 * Evidence as it was handed in, to be judged again: what the machine itself made. Kept in the
 * journal and the history, not in the state.
 *
 * @param type {@code ias} or {@code dcap}
 * @param body a quote in base64, or the text of a report
 * @param signature of a report, base64
 * @param signingCert of a report, DER in base64
 */
public record EvidenceFile(
    String type, String body, @Nullable String signature, @Nullable String signingCert) {

  /** The type of a quote. */
  public static final String DCAP = "dcap";

  /** The type of a report of Intel's retired attestation service. */
  public static final String IAS = "ias";
}
