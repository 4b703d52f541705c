package io.phalanx.loadtests.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The results as lines for a terminal and tables for a page. */
final class Report {
  private static final double PPM = 1e6;

  private Report() {}

  static String line(Result result) {
    return String.format(
        Locale.ROOT,
        "%-13s %-26s %9s ms (p95 %9s, processor %9s)  value gap %-10s fit gap %s",
        result.size().label(),
        result.peer(),
        millis(result.wallMs()),
        millis(result.wallP95Ms()),
        millis(result.processorMs()),
        percent(result.valueGap()),
        percent(result.fitGap()));
  }

  /** All peers at all sizes. */
  static List<String> table(List<Result> results) {
    List<String> table = new ArrayList<>();
    table.add(
        "| size | peer | median ms | p95 ms | processor ms | value gap | fit gap | at the best value |");
    table.add("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (Result result : results) {
      table.add(
          "| %s | %s | %s | %s | %s | %s | %s | %d of %d |"
              .formatted(
                  result.size().label(),
                  result.peer(),
                  millis(result.wallMs()),
                  millis(result.wallP95Ms()),
                  millis(result.processorMs()),
                  percent(result.valueGap()),
                  percent(result.fitGap()),
                  result.atBestValue(),
                  result.problems()));
    }
    return table;
  }

  /** What was to be reached, what was, and whether that is enough. */
  static List<String> bars(List<Result> results) {
    List<String> table = new ArrayList<>();
    table.add("| size | miners × replicas | what | bar | reached | met? |");
    table.add("| --- | --- | --- | ---: | ---: | --- |");
    for (Result result : results) {
      boolean hasASecond = result.size() == Size.GANGS;
      if (result.peer().equals(hasASecond ? PhalanxPeer.LONG : PhalanxPeer.ROUND)) {
        Size.Bars bars = result.size().bars();
        gap(table, result, "value gap", bars.valueGap(), result.valueGap());
        if (bars.fitGap() != Size.Bars.NONE) {
          gap(table, result, "fit gap", bars.fitGap(), result.fitGap());
        }
        time(table, result, "round, median", bars.millis(), result.processorMs());
        if (result.size() == Size.QUIET) {
          time(table, result, "round, p95", 20, result.wallP95Ms());
        }
      } else if (result.peer().equals(PhalanxPeer.LONG)) {
        if (result.size() == Size.L || result.size() == Size.XL) {
          String what = "fit gap in " + (result.size() == Size.L ? "1 s" : "5 s");
          gap(table, result, what, 100, result.fitGap());
        }
      }
    }
    against(table, results);
    return table;
  }

  /** The goal at L: ten times faster than filter-and-score with less than a tenth of its gap. */
  private static void against(List<String> table, List<Result> results) {
    Result ours = find(results, PhalanxPeer.ROUND);
    Result theirs = find(results, FilterAndScore.ALL);
    if (ours != null && theirs != null) {
      double faster = theirs.processorMs() / ours.processorMs();
      double share = ours.fitGap() / theirs.fitGap();
      table.add(
          String.format(
              Locale.ROOT,
              "| L | 30,000 × 5,000 | faster than filter-and-score | 10 times | %.1f times | %s |",
              faster,
              met(faster >= 10)));
      table.add(
          String.format(
              Locale.ROOT,
              "| L | 30,000 × 5,000 | fit gap, a share of filter-and-score's | 0.1 | %.3f | %s |",
              share,
              met(share < 0.1)));
    }
  }

  private static @org.jspecify.annotations.Nullable Result find(List<Result> results, String peer) {
    return results.stream()
        .filter(result -> result.size() == Size.L && result.peer().equals(peer))
        .findFirst()
        .orElse(null);
  }

  private static void gap(
      List<String> table, Result result, String what, long ppm, double reached) {
    boolean met = reached <= ppm / PPM;
    table.add(row(result, what, "≤ " + percent(ppm / PPM), percent(reached), met));
  }

  private static void time(
      List<String> table, Result result, String what, long millis, double reached) {
    table.add(row(result, what, millis + " ms", millis(reached) + " ms", reached <= millis));
  }

  private static String row(Result result, String what, String bar, String reached, boolean met) {
    Size size = result.size();
    return String.format(
        Locale.ROOT,
        "| %s | %,d × %,d | %s | %s | %s | %s |",
        size.label(),
        size.miners(),
        size.replicas(),
        what,
        bar,
        reached,
        met(met));
  }

  private static String met(boolean met) {
    return met ? "yes" : "**no**";
  }

  static String percent(double share) {
    if (Double.isNaN(share)) {
      return "–";
    }
    return share == 0 ? "0" : String.format(Locale.ROOT, "%.4f %%", share * 100);
  }

  static String millis(double millis) {
    return String.format(Locale.ROOT, millis < 100 ? "%.1f" : "%,.0f", millis);
  }
}
