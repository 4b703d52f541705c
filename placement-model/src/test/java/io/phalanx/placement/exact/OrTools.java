package io.phalanx.placement.exact;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.ortools.Loader;

/** The native libraries of the exact solvers; there are none for some machines. */
final class OrTools {
  private static final boolean IS_LOADED = load();

  private OrTools() {}

  /** Skips the test where they are missing. */
  static void require() {
    assumeTrue(IS_LOADED, "OR-tools has no native library for this machine here");
  }

  private static boolean load() {
    try {
      Loader.loadNativeLibraries();
      return true;
    } catch (RuntimeException | UnsatisfiedLinkError e) {
      return false;
    }
  }
}
