package io.phalanx.scheduler.id;

/**
 * SHA-256 of an idempotency key's caller, method, path and key, as four big-endian words. The whole
 * digest is kept: two callers' keys never meet, whoever chose them.
 *
 * @param a bytes 0 to 7
 * @param b bytes 8 to 15
 * @param c bytes 16 to 23
 * @param d bytes 24 to 31
 */
public record KeyScope(long a, long b, long c, long d) {

  @Override
  public int hashCode() {
    return (int) (a ^ a >>> 32); // a digest is spread evenly already
  }
}
