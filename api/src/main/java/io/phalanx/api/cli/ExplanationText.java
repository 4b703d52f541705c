package io.phalanx.api.cli;

import io.phalanx.client.Explanation;
import java.time.Duration;

/** What an explanation comes to, in a sentence. */
final class ExplanationText {
  private ExplanationText() {}

  static String sentence(Explanation why) {
    if (why.document().path("state").asText().equals("Ended")) {
      return "It is over: nothing is looked for any more.";
    }
    return switch (why.verdict()) {
      case "placed" -> "It has all the miners it asked for.";
      case "placeable" ->
          "The next round can place it: %s, %d free."
              .formatted(suited(why), why.idleEligibleMiners());
      case "waiting" ->
          "It waits: %s, %d free.%s".formatted(suited(why), why.idleEligibleMiners(), wait(why));
      case "never" ->
          "Not even the whole registered fleet could run it: " + suited(why) + "." + change(why);
      default -> "Its verdict is " + why.verdict() + ".";
    };
  }

  private static String suited(Explanation why) {
    int miners = why.eligibleMiners();
    return miners == 1 ? "1 miner suits it" : miners + " miners suit it";
  }

  private static String wait(Explanation why) {
    Duration half = why.p50();
    return half == null
        ? change(why)
        : " Half of such deployments wait no longer than " + half + "." + change(why);
  }

  private static String change(Explanation why) {
    return why.relaxations().isEmpty() ? "" : " One of the relaxations below would change that.";
  }
}
