package io.phalanx.loadtests.scale;

/**
 * What it costs to believe a caller, microseconds of processor time.
 *
 * @param keyed a read with an API key, the whole node
 * @param signed the same read signed (RFC 9421, Ed25519), the whole node
 * @param verify one verification alone, on one thread
 * @param keyedPerSecond reads with a key on this machine
 * @param signedPerSecond signed reads on this machine
 */
record SignatureFigures(
    double keyed, double signed, double verify, double keyedPerSecond, double signedPerSecond) {

  /** What a signature costs a node beside everything else. */
  double check() {
    return Math.max(0, signed - keyed);
  }

  /** How many a core checks in a second while it does nothing else. */
  double checksPerCore() {
    return 1e6 / Math.max(check(), verify);
  }
}
