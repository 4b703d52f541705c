package io.phalanx.placement;

/** One of the terms of the fit, each 0..1000. */
public enum Term {
  ECONOMY("economy"),
  SPEED("speed"),
  SECURITY("security"),
  FRUGALITY("frugality"),
  REST("rest"),
  DISPERSION("dispersion");

  private final String wireName;

  Term(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
