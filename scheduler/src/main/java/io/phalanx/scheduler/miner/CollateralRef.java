package io.phalanx.scheduler.miner;

/**
 * A piece of collateral by name; its text is in the history.
 *
 * @param fmspc the processor family it judges, 12 upper-case hexadecimal digits
 * @param tee whose quotes: {@code SGX} or {@code TDX}
 * @param hash SHA-256 of its text, hex
 * @param issuedAtMs when its TCB info was issued, Unix milliseconds; of two, the later is the newer
 */
public record CollateralRef(String fmspc, String tee, String hash, long issuedAtMs) {

  /** What it judges; the newest of each counts. */
  public String family() {
    return family(fmspc, tee);
  }

  /** What collateral of that processor family and kind of environment judges. */
  public static String family(String fmspc, String tee) {
    return fmspc + " " + tee;
  }
}
