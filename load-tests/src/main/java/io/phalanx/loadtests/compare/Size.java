package io.phalanx.loadtests.compare;

/** A kind of problem with the bars that are set for it. Gaps are in millionths. */
public enum Size {
  /** A full fleet and a few new deployments: what a round mostly is. */
  QUIET("quiet", 30_000, 200, false, new Bars(0, 100, 5)),
  S("S", 1_000, 200, false, new Bars(0, 200, 3)),
  M("M", 10_000, 2_000, false, new Bars(0, 200, 50)),
  M_CONTENDED("M contended", 10_000, 2_000, true, new Bars(300, 1_000, 100)),
  L("L", 30_000, 5_000, false, new Bars(0, 200, 200)),
  L_CONTENDED("L contended", 30_000, 5_000, true, new Bars(0, 300, 700)),
  XL("XL", 100_000, 20_000, false, new Bars(0, 600, 1_000)),
  XL_CONTENDED("XL contended", 100_000, 20_000, true, new Bars(0, 1_000, 5_000)),
  /** Every deployment a gang of 3 to 5, few priorities, few operators. */
  GANGS("gangs", 1_000, 200, true, new Bars(3_000, Bars.NONE, 1_000));

  private final String label;
  private final int miners;
  private final int replicas;
  private final boolean contended;

  @SuppressWarnings("ImmutableEnumChecker") // a record of numbers
  private final Bars bars;

  /**
   * What is to be reached.
   *
   * @param valueGap at most, millionths of the best value
   * @param fitGap at most, millionths of the best fit; {@link #NONE}: no bar
   * @param millis for a round, all included, the median
   */
  public record Bars(long valueGap, long fitGap, long millis) {
    public static final long NONE = Long.MAX_VALUE;
  }

  Size(String label, int miners, int replicas, boolean contended, Bars bars) {
    this.label = label;
    this.miners = miners;
    this.replicas = replicas;
    this.contended = contended;
    this.bars = bars;
  }

  public String label() {
    return label;
  }

  public int miners() {
    return miners;
  }

  public int replicas() {
    return replicas;
  }

  /** Whether top tiers are short, so that some demand must lose. */
  public boolean contended() {
    return contended;
  }

  public Bars bars() {
    return bars;
  }

  /** Whether heavy peers are left out unless all are asked for. */
  public boolean isLarge() {
    return miners >= 100_000;
  }
}
