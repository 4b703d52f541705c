package io.phalanx.placement.exact;

import java.util.List;
import java.util.stream.Stream;

/** The shapes that plans are held against their optimum on. */
final class Shapes {
  private static final List<Integer> SINGLES = List.of(1, 1);
  private static final List<Integer> FEW = List.of(1, 3);
  private static final List<Integer> GANGS = List.of(3, 5);
  private static final int MANY_BIDS = 1000;

  private Shapes() {}

  /** Nobody insists on several slots at once. */
  static Stream<Shape> withoutGangs() {
    return Stream.of(
        new Shape("quiet", 400, 80, 40, MANY_BIDS, FEW, 0, 1, 60, false),
        new Shape("contended", 400, 150, 40, MANY_BIDS, FEW, 0, 1, 10, false),
        new Shape("contended with few bids", 400, 150, 40, 3, FEW, 0, 1, 10, false),
        new Shape("on 3 operators", 300, 90, 3, MANY_BIDS, GANGS, 0, 2, 30, false),
        new Shape("one bid, no cap", 300, 120, 20, 1, GANGS, 0, 0, 10, false),
        new Shape("more slots than miners", 60, 120, 10, 5, FEW, 0, -1, 30, false),
        new Shape("no miners", 0, 20, 5, 5, FEW, 0, 1, 30, false),
        new Shape("no deployments", 20, 0, 5, 5, FEW, 0, 1, 30, false));
  }

  /** Of every kind: regions, lists, exclusions, live replicas, waits, huge bids, part gangs. */
  static Stream<Shape> withWishes() {
    return Stream.of(
        new Shape("wishes", 300, 100, 20, MANY_BIDS, FEW, 30, -1, 20, true),
        new Shape("wishes on few operators", 200, 80, 4, 5, GANGS, 50, -1, 20, true),
        new Shape("wishes of many gangs", 300, 100, 12, 3, GANGS, 90, -1, 12, true),
        new Shape("wishes of singles", 200, 60, 12, 3, SINGLES, 0, -1, 12, true));
  }

  /** Hard on who inserts by value: only gangs, few priorities, few operators, top tiers short. */
  static Stream<Shape> adversarial() {
    return Stream.of(
        Shape.adversarial(200, 60, 20),
        Shape.adversarial(200, 60, 8),
        Shape.adversarial(400, 120, 10),
        Shape.adversarial(1000, 200, 40),
        Shape.adversarial(1000, 200, 12),
        Shape.adversarial(1000, 300, 20));
  }

  /** Small enough for the exact fit with gangs. */
  static Stream<Shape> small() {
    return Stream.of(
        new Shape("small", 30, 15, 8, MANY_BIDS, FEW, 50, -1, 30, true),
        new Shape("small gangs", 40, 24, 6, 3, GANGS, 90, 1, 20, false),
        new Shape("small with few bids", 40, 30, 10, 2, FEW, 30, 2, 20, true));
  }

  /** 10,000 miners, 2,000 slots. */
  static Shape sizeM(boolean contended) {
    int top = contended ? 8 : 60;
    return new Shape("M", 10_000, 2_000, 200, MANY_BIDS, FEW, 0, 1, top, false);
  }
}
