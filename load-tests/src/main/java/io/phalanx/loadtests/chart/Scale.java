package io.phalanx.loadtests.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** From figures to a share of an axis, and the ticks on it. */
final class Scale {
  private static final int LINEAR_TICKS = 6;

  private final boolean log;
  private final double from;
  private final double to;

  private Scale(boolean log, double from, double to) {
    this.log = log;
    this.from = from;
    this.to = to;
  }

  /** Powers of ten, from the one below the least to the one above the most. */
  static Scale log(double least, double most) {
    double from = Math.floor(Math.log10(least));
    return new Scale(true, from, Math.max(from + 1, Math.ceil(Math.log10(most))));
  }

  /** From 0, or the least when it is below, to a round figure. */
  static Scale linear(double least, double most) {
    double from = Math.min(0, least);
    double step = step(most - from);
    return new Scale(false, from, from + step * Math.max(1, Math.ceil((most - from) / step)));
  }

  private static double step(double range) {
    double raw = Math.max(range, 1e-9) / LINEAR_TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    for (double times : new double[] {1, 2, 5}) {
      if (raw <= times * power) {
        return times * power;
      }
    }
    return 10 * power;
  }

  /** 0 at the beginning of the axis, 1 at its end. */
  double at(double figure) {
    double place = log ? Math.log10(Math.max(figure, 1e-300)) : figure;
    return Math.min(1, Math.max(0, (place - from) / (to - from)));
  }

  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    double step = log ? 1 : step(to - from);
    for (double tick = from; tick <= to + step / 1e6; tick += step) {
      ticks.add(log ? Math.pow(10, tick) : tick);
    }
    return ticks;
  }

  /** A figure as short as it can be told. */
  static String label(double figure) {
    if (figure == 0) {
      return "0";
    }
    double size = Math.abs(figure);
    if (size >= 1_000) {
      return String.format(Locale.ROOT, "%,.0f", figure);
    }
    String text = String.format(Locale.ROOT, size >= 10 ? "%.0f" : "%.6f", figure);
    return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
  }
}
