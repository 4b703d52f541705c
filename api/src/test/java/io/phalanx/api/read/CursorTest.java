package io.phalanx.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class CursorTest {

  @Nested
  class Parse {

    @Test
    void readsWhatWasWritten() {
      for (long position : List.of(0L, 1L, 35L, 36L, 1_234_567L, (1L << 53) - 1)) {
        Cursor cursor = new Cursor(position);
        assertThat(Cursor.parse(cursor.text())).contains(cursor);
      }
    }

    @Test
    void refusesWhatWasNeverHandedOut() {
      String other = Cursor.parse("cDE").map(Cursor::text).orElse("");
      assertThat(other).isEqualTo("cDE"); // "p1"
      for (String text :
          List.of("", "p1", "cDE=", "cDAx", "cC0x", "!", "cHp6enp6enp6enp6enp6", "cA")) {
        assertThat(Cursor.parse(text)).as(text).isEmpty();
      }
    }
  }

  @Nested
  class Ids {

    @Test
    void areReadBackAndOrdered() {
      StreamId first = new StreamId(12, 3);
      StreamId all = new StreamId(12, StreamId.ALL);
      assertThat(first.text()).isEqualTo("12.3");
      assertThat(all.text()).isEqualTo("12.x");
      assertThat(StreamId.parse("12.3")).contains(first);
      assertThat(StreamId.parse("12.x")).contains(all);
      assertThat(first).isLessThan(all).isLessThan(new StreamId(13, 0));
    }

    @Test
    void areNothingElse() {
      for (String text :
          List.of(
              "",
              "1",
              "1.",
              ".1",
              "01.1",
              "1.01",
              "-1.0",
              "1.2.3",
              "1.y",
              "99999999999999999.0",
              "1.9999999999")) {
        assertThat(StreamId.parse(text)).as(text).isEmpty();
      }
    }
  }
}
