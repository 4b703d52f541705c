package io.phalanx.simulator.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ResponseParserTest {
  private final List<String> answers = new ArrayList<>();
  private final ResponseParser parser =
      new ResponseParser(
          (status, body) -> answers.add(status + " " + new String(body, StandardCharsets.UTF_8)));

  private void feed(String text, int piece) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at < bytes.length; at += piece) {
      parser.feed(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece)));
    }
  }

  @Nested
  class Feed {
    private static final String STREAM =
        "HTTP/1.1 201 Created\r\nX: Content-Length: 9\r\ncontent-length: 5\r\n\r\nhello"
            + "HTTP/1.1 204 No Content\r\n\r\n"
            + "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n"
            + "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n";

    @Test
    void givesWholeAnswersHoweverTheBytesAreSplit() {
      for (int piece = 1; piece <= STREAM.length(); piece++) {
        answers.clear();
        feed(STREAM, piece);
        assertThat(answers)
            .as("pieces of %d", piece)
            .containsExactly("201 hello", "204 ", "200 abc0123456789", "503 ");
      }
    }

    @Test
    void refusesWhatIsNoHttp() {
      assertThatThrownBy(() -> feed("SSH-2.0-x\r\n\r\n", 4)).hasMessageContaining("no HTTP/1.1");
    }
  }
}
