package io.phalanx.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EventReaderTest {

  @Nested
  class Take {
    @Test
    void endsAnEventAtTheEmptyLine() throws Exception {
      assertThat(read("id: 7.0", "event: miner", "data: {\"tier\":1}", ""))
          .singleElement()
          .satisfies(
              event -> {
                assertThat(event.id()).isEqualTo("7.0");
                assertThat(event.kind()).isEqualTo("miner");
                assertThat(event.data().path("tier").asInt()).isEqualTo(1);
              });
    }

    @Test
    void passesCommentsAndUnknownFieldsOver() throws Exception {
      assertThat(read(": still here", "", "retry: 5", "", "data: {}", "")).hasSize(1);
    }

    @Test
    void keepsTheIdAndForgetsTheKind() throws Exception {
      List<ServerEvent> events = read("id: 1", "event: miner", "data: 1", "", "data: 2", "");
      assertThat(events.get(1).id()).isEqualTo("1");
      assertThat(events.get(1).kind()).isEqualTo("message");
    }
  }

  @Nested
  class Segment {
    @Test
    void cannotLeaveItsPlace() {
      assertThat(PhalanxClient.segment("../a b?c#d/é")).isEqualTo("..%2Fa%20b%3Fc%23d%2F%C3%A9");
    }
  }

  private static List<ServerEvent> read(String... lines) throws JsonProcessingException {
    EventReader reader = new EventReader(new ObjectMapper());
    List<ServerEvent> events = new ArrayList<>();
    for (String line : lines) {
      reader.take(line).ifPresent(events::add);
    }
    return events;
  }
}
