package io.phalanx.loadtests.fairness;

import io.phalanx.loadtests.chart.Plot;
import io.phalanx.loadtests.fairness.Outcome.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** What a story showed with and without dispersion, as tables and plots. */
public final class FairnessPage {
  private static final int HOURS_PER_DAY = 24;
  private static final int TIERS = 5;

  /**
   * A story that was played twice.
   *
   * @param name of its plots' files
   * @param story what was played
   * @param with dispersion
   * @param without dispersion
   */
  public record Played(String name, Story story, Outcome with, Outcome without) {}

  private final Path folder;

  /** A page in that folder. */
  public FairnessPage(Path folder) {
    this.folder = folder;
  }

  /** Writes it. */
  public void write(List<Played> played, String circumstances) throws IOException {
    Files.createDirectories(folder);
    List<String> page = new ArrayList<>();
    page.add("# Fairness: who waits, and who gets the work");
    page.add("");
    page.add(
        "Written by `load-tests/run FairnessSimulation`. "
            + circumstances
            + " Every minute of simulated time the real writer takes heartbeats, deployments,"
            + " acknowledgements, failures and completions, and the real engine plans a round; every"
            + " event is audited. All replicas of a deployment are needed at once. Placeable: suitable"
            + " miners, enough for it, had no work when the hour ended and were not held for a deployment"
            + " of a higher value (the rules hold miners for those that need several at once)."
            + " Where all suitable miners are at work for days, a deployment waits for days and nobody"
            + " passes it: the audit holds that no single is passed by one that came 20 hours later.");
    for (Played one : played) {
      page.add("");
      page.add("## " + one.name());
      page.add("");
      page.add(one.story().source());
      page.add("");
      page.addAll(summary(one));
      page.add("");
      page.add("How long deployments waited until they were placed (with dispersion):");
      page.add("");
      page.addAll(waits(one.with()));
      plots(one, page);
    }
    Files.write(folder.resolve("README.md"), page);
  }

  /** One row for each run. */
  static List<String> summary(Played played) {
    List<String> table = new ArrayList<>();
    table.add(
        "| dispersion | deployments | placed | longest wait, h | over 20 h while placeable | gatherings"
            + " | Nakamoto, mean | Gini, mean | busy | rounds | events | violations |");
    table.add("| --- | " + "---: | ".repeat(10) + "---: |");
    row(table, "on", played.with());
    row(table, "off", played.without());
    return table;
  }

  private static void row(List<String> table, String dispersion, Outcome outcome) {
    double longest = outcome.waits().stream().mapToLong(Wait::seconds).max().orElse(0) / 3_600.0;
    table.add(
        String.format(
            Locale.ROOT,
            "| %s | %,d | %,d | %.1f | %d | %,d | %.1f | %.3f | %.1f %% | %,d | %,d | %d |",
            dispersion,
            outcome.waits().size(),
            outcome.waits().stream().filter(Wait::placed).count(),
            longest,
            outcome.starved().size(),
            outcome.gatherings(),
            mean(outcome, Hour::nakamoto),
            mean(outcome, Hour::gini),
            100 * mean(outcome, hour -> hour.active() / Math.max(1.0, hour.online())),
            outcome.rounds(),
            outcome.events(),
            outcome.violations().size()));
  }

  private static double mean(Outcome outcome, ToDoubleFunction<Hour> figure) {
    return outcome.hours().stream().mapToDouble(figure).average().orElse(0);
  }

  /** Waits by kind of deployment. */
  public static List<String> waits(Outcome outcome) {
    List<String> table = new ArrayList<>();
    table.add(
        "| deployments | how many | placed | median | 90 % | 99 % | longest | most hours waited while"
            + " placeable |");
    table.add("| --- | " + "---: | ".repeat(6) + "---: |");
    for (Map.Entry<String, List<Wait>> kind : outcome.byKind().entrySet()) {
      List<Wait> waits = kind.getValue();
      table.add(
          "| %s | %d | %d | %s | %s | %s | %s | %d |"
              .formatted(
                  kind.getKey(),
                  waits.size(),
                  waits.stream().filter(Wait::placed).count(),
                  quantile(waits, 0.5),
                  quantile(waits, 0.9),
                  quantile(waits, 0.99),
                  quantile(waits, 1),
                  waits.stream().mapToInt(Wait::placeableHours).max().orElse(0)));
    }
    return table;
  }

  private static String quantile(List<Wait> sorted, double share) {
    int at = Math.min(sorted.size() - 1, (int) (share * sorted.size()));
    long seconds = sorted.get(at).seconds();
    return seconds < 7_200
        ? seconds / 60 + " min"
        : String.format(Locale.ROOT, "%.1f h", seconds / 3_600.0);
  }

  private void plots(Played played, List<String> page) throws IOException {
    both(played, page, "nakamoto", "operators with more than half of the work", Hour::nakamoto);
    both(played, page, "gini", "Gini of Active miners over operators online", Hour::gini);
    both(played, page, "waiting", "replicas that wait", Hour::waiting);
    List<Plot.Series> tiers = new ArrayList<>();
    for (int tier = 1; tier <= TIERS; tier++) {
      int index = tier - 1;
      tiers.add(series("tier " + tier, played.with(), hour -> busy(hour, index)));
      tiers.add(series("tier " + tier + ", no dispersion", played.without(), h -> busy(h, index)));
    }
    draw(played, page, "tiers", "share of a tier's miners at work, %", tiers);
  }

  private static double busy(Hour hour, int tier) {
    int online = hour.onlineByTier().get(tier);
    return online == 0 ? 0 : 100.0 * hour.activeByTier().get(tier) / online;
  }

  private void both(
      Played played, List<String> page, String name, String axis, ToDoubleFunction<Hour> figure)
      throws IOException {
    draw(
        played,
        page,
        name,
        axis,
        List.of(
            series("dispersion on", played.with(), figure),
            series("dispersion off", played.without(), figure)));
  }

  /** The mean of each day. */
  private static Plot.Series series(String name, Outcome outcome, ToDoubleFunction<Hour> figure) {
    List<Hour> hours = outcome.hours();
    int days = (hours.size() + HOURS_PER_DAY - 1) / HOURS_PER_DAY;
    List<Plot.Point> points =
        IntStream.range(0, days)
            .mapToObj(
                day ->
                    new Plot.Point(
                        day + 1,
                        hours
                            .subList(
                                day * HOURS_PER_DAY,
                                Math.min(hours.size(), (day + 1) * HOURS_PER_DAY))
                            .stream()
                            .mapToDouble(figure)
                            .average()
                            .orElse(0)))
            .toList();
    return new Plot.Series(name, points, true);
  }

  private void draw(
      Played played, List<String> page, String name, String axis, List<Plot.Series> series)
      throws IOException {
    String file = played.name() + "-" + name + ".svg";
    Plot plot =
        new Plot(
            played.name() + ": " + axis,
            new Plot.Axis("day (means of a day)", false),
            new Plot.Axis(axis, false),
            series);
    Files.writeString(folder.resolve(file), plot.svg());
    page.add("");
    page.add("![%s](%s)".formatted(axis, file));
  }
}
