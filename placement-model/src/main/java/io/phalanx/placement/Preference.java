package io.phalanx.placement;

/** What a developer cares about most: it weighs the terms of the fit, never who is served first. */
public enum Preference {
  BALANCED,
  SECURE,
  FAST,
  CHEAP
}
