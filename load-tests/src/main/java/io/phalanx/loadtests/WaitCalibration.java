package io.phalanx.loadtests;

import io.phalanx.loadtests.waiting.Calibration;
import io.phalanx.loadtests.waiting.Scene;
import io.phalanx.loadtests.waiting.WaitRun;
import java.util.List;
import java.util.Set;

/**
 * How good estimated waiting times are: of what began to wait, how much was placed before its p50
 * and its p90. In simulated time, by the engine and the estimator of the service.
 *
 * <p>Arguments: {@code --requests 500 --seed 1}.
 */
public final class WaitCalibration {

  /** Networks that are short of everything, of something, and of several at once. */
  public static final List<Scene> SCENES =
      List.of(
          new Scene("steady, one bid", 200, 100, 0, 0, 1),
          new Scene("steady, many bids", 200, 100, 0, 0, 10),
          new Scene("short of good tiers", 200, 70, 30, 0, 5),
          new Scene("overloaded", 200, 110, 20, 0, 5),
          new Scene("few miners", 40, 100, 20, 0, 5),
          new Scene("some gangs", 200, 95, 10, 10, 5));

  private WaitCalibration() {}

  public static void main(String[] args) {
    Arguments arguments = Arguments.of(args, Set.of("requests", "seed"), Set.of());
    int requests = arguments.number("requests", 500);
    System.out.println("| scene | asked | could be said | within p50 | within p90 | mean wait |");
    System.out.println("| --- | --- | --- | --- | --- | --- |");
    for (Scene scene : SCENES) {
      Calibration found = new WaitRun(scene, arguments.number("seed", 1)).play(requests);
      System.out.printf(
          "| %s | %d | %d | %.0f %% | %.0f %% | %d s |%n",
          scene.name(),
          found.asked(),
          found.said(),
          found.percentWithinP50(),
          found.percentWithinP90(),
          found.meanWaitMs() / 1000);
    }
  }
}
