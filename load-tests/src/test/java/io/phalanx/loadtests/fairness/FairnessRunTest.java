package io.phalanx.loadtests.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FairnessRunTest {

  @Nested
  class Play {
    @Test
    void showsThatNobodyStarvesOnASmallBusyNetwork(@TempDir Path folder) throws IOException {
      Story story = Stories.made(4, 40, 2, 110);
      Outcome with = FairnessRun.play(story, 2, true);
      Outcome without = FairnessRun.play(story, 2, false);
      for (Outcome outcome : List.of(with, without)) {
        assertThat(outcome.violations()).isEmpty();
        assertThat(outcome.starved()).isEmpty();
        assertThat(outcome.hours()).hasSize(48);
        assertThat(outcome.hours()).anyMatch(hour -> hour.waiting() > 0);
        assertThat(outcome.waits()).hasSizeGreaterThan(100).anyMatch(Outcome.Wait::placed);
      }
      new FairnessPage(folder)
          .write(List.of(new FairnessPage.Played("made", story, with, without)), "Two days.");
      assertThat(Files.readString(folder.resolve("README.md"))).contains("made-nakamoto.svg");
      assertThat(folder.resolve("made-nakamoto.svg")).content().startsWith("<svg");
    }
  }

  @Nested
  class Recorded {
    @Test
    void dataIsReadWhenItIsThere() throws IOException {
      Path data = Stories.recordings();
      org.junit.jupiter.api.Assumptions.assumeTrue(
          Stories.areRecorded(data), "no recorded data at " + data);
      Story story = Stories.recorded(data, 3, 100);
      assertThat(story.machines()).hasSizeGreaterThan(1_000);
      assertThat(story.turns()).hasSizeGreaterThan(10_000);
      assertThat(story.wishes()).hasSize(3 * 613);
    }
  }

  @Nested
  class Shares {
    @Test
    void countTheFewestThatHaveMoreThanHalf() {
      assertThat(Hour.nakamoto(List.of(1, 1, 1, 1))).isEqualTo(3);
      assertThat(Hour.nakamoto(List.of(6, 2, 2))).isEqualTo(1);
      assertThat(Hour.nakamoto(List.of(5, 5))).isEqualTo(2);
      assertThat(Hour.nakamoto(List.of(0, 0))).isZero();
    }

    @Test
    void haveAGiniOf0WhenAllAreAlikeAndTowards1WhenOneHasAll() {
      assertThat(Hour.gini(List.of(3, 3, 3))).isZero();
      assertThat(Hour.gini(List.of(0, 0, 0, 8))).isEqualTo(0.75);
      assertThat(Hour.gini(List.of(1, 3))).isEqualTo(0.25);
    }
  }
}
