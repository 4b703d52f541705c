package io.phalanx.simulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SseParserTest {
  private static List<ServerEvent> parse(Buffer text, int piece) {
    List<ServerEvent> events = new ArrayList<>();
    SseParser parser = new SseParser(events::add);
    for (int at = 0; at < text.length(); at += piece) {
      parser.feed(text.getBuffer(at, Math.min(text.length(), at + piece)));
    }
    return events;
  }

  @Nested
  class Feed {
    private final Buffer stream =
        Buffer.buffer(
            ": a comment\r\n\r\nid: 7\nevent: miner\ndata: {\"a\":\n"
                + "data:1}\n\nretry: 5\ndata: ü\rid\r\revent: lost\n\ndata: cut off");

    @Test
    void givesWholeEventsHoweverTheBytesAreSplit() {
      List<ServerEvent> expected =
          List.of(new ServerEvent("7", "miner", "{\"a\":\n1}"), new ServerEvent("", "", "ü"));
      for (int piece = 1; piece <= stream.length(); piece++) {
        assertThat(parse(stream, piece)).as("pieces of %d", piece).isEqualTo(expected);
      }
    }

    @Test
    void keepsTheIdForEventsWithoutOne() {
      assertThat(parse(Buffer.buffer("id: 1\ndata: a\n\ndata: b\n\n"), 5))
          .extracting(ServerEvent::id)
          .containsExactly("1", "1");
    }
  }
}
