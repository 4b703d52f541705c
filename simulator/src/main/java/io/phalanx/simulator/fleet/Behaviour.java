package io.phalanx.simulator.fleet;

/**
 * How often simulated miners and developers do what a service must cope with.
 *
 * @param declines share of offers declined, 0..1
 * @param failures share of runs that fail part-way, 0..1
 * @param silencesPerHour per miner: it stops answering for a while and comes back without memory
 * @param departuresPerHour per miner: it stops for good and comes back as a new miner
 * @param cancellations share of deployments that their developer ends, 0..1
 * @param patches share of deployments that their developer changes, 0..1
 * @param drift whether an idle miner's reported performance wanders
 */
public record Behaviour(
    double declines,
    double failures,
    double silencesPerHour,
    double departuresPerHour,
    double cancellations,
    double patches,
    boolean drift) {
  /** Everybody does what is expected. */
  public static final Behaviour FAULTLESS = new Behaviour(0, 0, 0, 0, 0, 0, false);

  /** A lively network: of 1,000 miners one leaves every four seconds. */
  public static final Behaviour USUAL = new Behaviour(0.01, 0.01, 1, 1, 0.02, 0.02, true);

  public Behaviour {
    share(declines);
    share(failures);
    share(cancellations);
    share(patches);
    if (silencesPerHour < 0 || departuresPerHour < 0) {
      throw new IllegalArgumentException("a rate is not negative");
    }
  }

  private static void share(double value) {
    if (value < 0 || value > 1) {
      throw new IllegalArgumentException("a share is 0..1, not " + value);
    }
  }
}
