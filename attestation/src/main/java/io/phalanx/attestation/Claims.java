package io.phalanx.attestation;

import java.util.Optional;

/**
 * What a quote says of the program it speaks for. Proven only where the verdict is an {@link
 * Verdict.Accepted}.
 *
 * @param tee the kind of environment
 * @param isDebug whether its owner can read its memory
 * @param measurement MRENCLAVE (32 bytes) or MRTD (48 bytes)
 * @param reportData the 64 bytes that the program chose
 * @param fmspc the processor family that the collateral must be for; none for IAS and where the
 *     certificate could not be proven
 */
public record Claims(
    TeeKind tee, boolean isDebug, Bytes measurement, Bytes reportData, Optional<Bytes> fmspc) {

  /** The same with the processor family of a proven certificate. */
  public Claims withFmspc(Bytes proven) {
    return new Claims(tee, isDebug, measurement, reportData, Optional.of(proven));
  }
}
