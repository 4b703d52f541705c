package io.phalanx.placement;

/** How much each term of the fit counts under one preference; 0..{@value #MAX} each. */
public record Weights(
    int economy, int speed, int security, int frugality, int rest, int dispersion) {
  public static final int MAX = 1000;

  public Weights {
    for (int weight : new int[] {economy, speed, security, frugality, rest, dispersion}) {
      if (weight < 0 || weight > MAX) {
        throw new IllegalArgumentException("a weight is not in 0.." + MAX + ": " + weight);
      }
    }
  }

  public int of(Term term) {
    return switch (term) {
      case ECONOMY -> economy;
      case SPEED -> speed;
      case SECURITY -> security;
      case FRUGALITY -> frugality;
      case REST -> rest;
      case DISPERSION -> dispersion;
    };
  }
}
