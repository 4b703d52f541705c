package io.phalanx.loadtests.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A plot of one or more series, written as an SVG that stands alone and reads on light and dark
 * pages.
 *
 * @param title above it
 * @param xAxis what goes to the right, with its unit
 * @param yAxis what goes up, with its unit
 * @param series in the order of the legend
 */
public record Plot(String title, Axis xAxis, Axis yAxis, List<Series> series) {
  private static final int WIDTH = 860;
  private static final int HEIGHT = 430;
  private static final int LEFT = 80;
  private static final int TOP = 44;
  private static final int RIGHT = 250;
  private static final int BOTTOM = 58;
  private static final int LEGEND_LINE = 20;
  private static final String[] COLOURS = {
    "#0a6cff", "#d1495b", "#2a9d5c", "#e08a00", "#7b4fd0", "#00838f", "#8d6e63", "#c2185b",
    "#607d8b"
  };

  /**
   * An axis.
   *
   * @param label what it measures, with its unit
   * @param log whether equal steps are equal factors
   */
  public record Axis(String label, boolean log) {}

  /** A point of a series. */
  public record Point(double x, double y) {}

  /**
   * Points that belong together.
   *
   * @param name in the legend
   * @param points from left to right
   * @param line whether they are joined
   */
  public record Series(String name, List<Point> points, boolean line) {
    public Series {
      points = List.copyOf(points);
    }
  }

  public Plot {
    series = List.copyOf(series);
  }

  /** The SVG's text. */
  public String svg() {
    List<Point> all = new ArrayList<>();
    series.forEach(one -> all.addAll(one.points()));
    Scale x = scale(xAxis, all.stream().mapToDouble(Point::x).toArray());
    Scale y = scale(yAxis, all.stream().mapToDouble(Point::y).toArray());
    StringBuilder svg = new StringBuilder(8192);
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                .formatted(WIDTH, HEIGHT)
            + " font-family=\"system-ui, sans-serif\" font-size=\"12\">\n");
    svg.append("<title>%s</title>%n".formatted(escaped(title)));
    svg.append("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>%n".formatted(WIDTH, HEIGHT));
    text(svg, LEFT, 24, "start", "15", title);
    grid(svg, x, y);
    for (int i = 0; i < series.size(); i++) {
      draw(svg, series.get(i), COLOURS[i % COLOURS.length], x, y);
      legend(svg, i, COLOURS[i % COLOURS.length], series.get(i).name());
    }
    return svg.append("</svg>\n").toString();
  }

  private static Scale scale(Axis axis, double[] figures) {
    double least = Double.MAX_VALUE;
    double most = -Double.MAX_VALUE;
    for (double figure : figures) {
      least = Math.min(least, figure);
      most = Math.max(most, figure);
    }
    if (figures.length == 0) {
      least = 1;
      most = 1;
    }
    return axis.log() ? Scale.log(least, most) : Scale.linear(least, most);
  }

  private void grid(StringBuilder svg, Scale x, Scale y) {
    for (double tick : x.ticks()) {
      double at = x(x, tick);
      line(svg, at, TOP, at, HEIGHT - BOTTOM);
      text(svg, at, HEIGHT - BOTTOM + 18, "middle", "12", Scale.label(tick));
    }
    for (double tick : y.ticks()) {
      double at = y(y, tick);
      line(svg, LEFT, at, WIDTH - RIGHT, at);
      text(svg, LEFT - 8, at + 4, "end", "12", Scale.label(tick));
    }
    text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 14, "middle", "12", xAxis.label());
    double middle = (TOP + HEIGHT - BOTTOM) / 2.0;
    svg.append(
        "<text x=\"18\" y=\"%s\" transform=\"rotate(-90 18 %s)\" text-anchor=\"middle\">%s</text>%n"
            .formatted(number(middle), number(middle), escaped(yAxis.label())));
  }

  private static void draw(StringBuilder svg, Series series, String colour, Scale x, Scale y) {
    if (series.line() && series.points().size() > 1) {
      StringBuilder path = new StringBuilder();
      for (Point point : series.points()) {
        path.append(path.isEmpty() ? "M" : "L");
        path.append(number(x(x, point.x()))).append(' ').append(number(y(y, point.y())));
      }
      svg.append(
          "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n"
              .formatted(path, colour));
    }
    if (!series.line() || series.points().size() <= 40) {
      for (Point point : series.points()) {
        svg.append(
            "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\"/>%n"
                .formatted(
                    number(x(x, point.x())),
                    number(y(y, point.y())),
                    series.line() ? "3" : "6",
                    colour));
      }
    }
  }

  private static void legend(StringBuilder svg, int index, String colour, String name) {
    int y = TOP + 8 + index * LEGEND_LINE;
    int x = WIDTH - RIGHT + 18;
    svg.append("<circle cx=\"%d\" cy=\"%d\" r=\"5\" fill=\"%s\"/>%n".formatted(x, y, colour));
    text(svg, x + 12, y + 4, "start", "12", name);
  }

  private static double x(Scale scale, double figure) {
    return LEFT + scale.at(figure) * (WIDTH - RIGHT - LEFT);
  }

  private static double y(Scale scale, double figure) {
    return HEIGHT - BOTTOM - scale.at(figure) * (HEIGHT - BOTTOM - TOP);
  }

  private static void line(StringBuilder svg, double x1, double y1, double x2, double y2) {
    svg.append(
        "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"#d8dce2\"/>%n"
            .formatted(number(x1), number(y1), number(x2), number(y2)));
  }

  private static void text(
      StringBuilder svg, double x, double y, String anchor, String size, String text) {
    svg.append(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" font-size=\"%s\" fill=\"#1c2430\">%s</text>%n"
            .formatted(number(x), number(y), anchor, size, escaped(text)));
  }

  private static String number(double figure) {
    return String.format(Locale.ROOT, "%.1f", figure);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
