package io.phalanx.loadtests.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

final class PlotTest {

  private static Document svg(boolean log, List<Plot.Point> points) throws Exception {
    Plot plot =
        new Plot(
            "a < b & c",
            new Plot.Axis("x", log),
            new Plot.Axis("y", log),
            List.of(new Plot.Series("one", points, true)));
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(plot.svg())));
  }

  @Nested
  class Svg {
    @Test
    void isWellFormedAndHasEveryPoint() throws Exception {
      Document svg = svg(true, List.of(new Plot.Point(1, 0.01), new Plot.Point(1000, 50)));
      assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(3); // one in the legend
      assertThat(svg.getElementsByTagName("path").getLength()).isEqualTo(1);
      assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("a < b & c");
    }

    @Test
    void ofNoPointIsWellFormedToo() throws Exception {
      assertThat(svg(false, List.of()).getElementsByTagName("path").getLength()).isZero();
    }
  }

  @Nested
  class Axes {
    @Test
    void reachFromEndToEnd() {
      Scale log = Scale.log(2, 300);
      assertThat(log.at(1)).isZero();
      assertThat(log.at(1000)).isEqualTo(1);
      assertThat(log.ticks()).hasSize(4);
      Scale linear = Scale.linear(3, 47);
      assertThat(linear.at(0)).isZero();
      assertThat(linear.at(50)).isEqualTo(1);
    }

    @Test
    void labelFiguresShortly() {
      assertThat(Scale.label(0.0001)).isEqualTo("0.0001");
      assertThat(Scale.label(10)).isEqualTo("10");
      assertThat(Scale.label(100_000)).isEqualTo("100,000");
      assertThat(Scale.label(0)).isEqualTo("0");
    }
  }
}
