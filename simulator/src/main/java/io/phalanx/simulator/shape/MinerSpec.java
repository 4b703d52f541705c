package io.phalanx.simulator.shape;

import java.math.BigInteger;

/**
 * A simulated miner before it registers.
 *
 * @param id its name in the simulation; its key pair is derived from it
 * @param performance benchmark score P
 * @param ask pico-PHA for one unit of gas
 * @param stake pico-PHA
 * @param starts whether it is to be started after it registered
 */
public record MinerSpec(
    String id,
    int tier,
    int performance,
    String operator,
    String region,
    long ask,
    BigInteger stake,
    boolean starts) {

  /** pico-PHA in one PHA. */
  public static final BigInteger PICO = BigInteger.TEN.pow(12);

  public MinerSpec {
    if (tier < 1 || tier > 5) {
      throw new IllegalArgumentException("tier " + tier + " is not 1..5");
    }
    if (performance < 0 || ask < 0 || stake.signum() < 0) {
      throw new IllegalArgumentException("negative performance, ask or stake of " + id);
    }
  }

  /** The same machine under another id, hence another key: how one that left comes back. */
  public MinerSpec as(String otherId) {
    return new MinerSpec(otherId, tier, performance, operator, region, ask, stake, starts);
  }

  public MinerKey key() {
    return MinerKey.of(id);
  }
}
