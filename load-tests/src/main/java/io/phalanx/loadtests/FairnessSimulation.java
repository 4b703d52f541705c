package io.phalanx.loadtests;

import io.phalanx.loadtests.fairness.FairnessPage;
import io.phalanx.loadtests.fairness.FairnessPage.Played;
import io.phalanx.loadtests.fairness.FairnessRun;
import io.phalanx.loadtests.fairness.Outcome;
import io.phalanx.loadtests.fairness.Stories;
import io.phalanx.loadtests.fairness.Story;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Thirty days of a network in simulated time, with dispersion and without: whether anybody starves,
 * how concentrated the work is, and how busy each tier. Recorded data when it is there ({@code
 * ../shared/data}, or {@code -Dphalanx.shared=FOLDER} in {@code PHALANX_JAVA_OPTS}) and a made
 * network; writes {@code docs/benchmarks/fairness}.
 *
 * <p>Arguments: {@code --days 30 --demand 50 --miners 300 --load 85 --seed 1 --made-only --out
 * FOLDER}.
 */
public final class FairnessSimulation {
  private FairnessSimulation() {}

  public static void main(String[] args) throws IOException {
    Arguments arguments =
        Arguments.of(
            args, Set.of("days", "demand", "miners", "load", "seed", "out"), Set.of("made-only"));
    int days = arguments.number("days", 30);
    List<Played> played = new ArrayList<>();
    Path recordings = Stories.recordings();
    if (arguments.has("made-only") || !Stories.areRecorded(recordings)) {
      System.out.println("recorded data is left out: " + recordings);
    } else {
      played.add(
          play(
              "recorded",
              Stories.recorded(recordings, days, arguments.number("demand", 50)),
              days));
    }
    Story made =
        Stories.made(
            arguments.number("seed", 1),
            arguments.number("miners", 300),
            days,
            arguments.number("load", 85));
    played.add(play("made", made, days));
    Path page = Path.of(arguments.text("out", "docs/benchmarks/fairness"));
    new FairnessPage(page).write(played, days + " days.");
    System.out.println("written: " + page);
    boolean unfair =
        played.stream()
            .flatMap(one -> List.of(one.with(), one.without()).stream())
            .anyMatch(one -> !one.starved().isEmpty() || !one.violations().isEmpty());
    System.exit(unfair ? 1 : 0);
  }

  private static Played play(String name, Story story, int days) {
    Outcome with = FairnessRun.play(story, days, true);
    tell(name + ", dispersion on", with);
    Outcome without = FairnessRun.play(story, days, false);
    tell(name + ", dispersion off", without);
    return new Played(name, story, with, without);
  }

  private static void tell(String what, Outcome outcome) {
    System.out.printf(
        "%s: %,d deployments, %,d placed, %d starved, %,d events, %,d rounds (%d late), %,d gatherings,"
            + " %d violations%n",
        what,
        outcome.waits().size(),
        outcome.waits().stream().filter(Outcome.Wait::placed).count(),
        outcome.starved().size(),
        outcome.events(),
        outcome.rounds(),
        outcome.late(),
        outcome.gatherings(),
        outcome.violations().size());
    FairnessPage.waits(outcome).forEach(System.out::println);
    outcome.violations().stream().limit(10).forEach(System.out::println);
  }
}
