package io.phalanx.scheduler.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phalanx.scheduler.event.CorruptStateException;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.EventCatalog;
import io.phalanx.scheduler.event.SystemEvent.PolicyChanged;
import io.phalanx.scheduler.event.UnknownEventException;
import io.phalanx.scheduler.policy.MoveRules;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every line of the golden file is an event as some journal has it. Lines are added for new events
 * and versions; none is ever changed, or old journals stop loading.
 */
final class EventFormatTest {

  private static final String GOLDEN = "/events.golden.jsonl";

  /** Lines as earlier versions wrote them: they are read, and never written again. */
  private static final String OLDER = "/events.older.jsonl";

  private final EventCodec codec = new EventCodec();

  static List<String> lines() throws IOException {
    return linesOf(GOLDEN);
  }

  static List<String> olderLines() throws IOException {
    return linesOf(OLDER);
  }

  private static List<String> linesOf(String resource) throws IOException {
    try (InputStream in = EventFormatTest.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8).lines().toList();
    }
  }

  private List<StampedEvent> decode(String line) {
    List<StampedEvent> events = new ArrayList<>();
    codec.decode(line.getBytes(UTF_8), 1, events::add);
    return events;
  }

  @Nested
  class GoldenFile {

    @Test
    void hasEveryType() throws IOException {
      Set<String> written = new TreeSet<>();
      for (String line : lines()) {
        written.add(EventCatalog.nameOf(decode(line).get(0).event()));
      }
      assertThat(written).containsExactlyInAnyOrderElementsOf(EventCatalog.all().keySet());
    }

    @Test
    void hasEveryFieldOfEveryType() throws IOException {
      Set<String> missing = new LinkedHashSet<>();
      EventCatalog.all()
          .forEach(
              (name, type) ->
                  Arrays.stream(type.getRecordComponents())
                      .forEach(field -> missing.add(name + " " + field.getName())));
      for (String line : lines()) {
        Event event = decode(line).get(0).event();
        for (RecordComponent field : event.getClass().getRecordComponents()) {
          if (line.contains("\"" + field.getName() + "\":")) {
            missing.remove(EventCatalog.nameOf(event) + " " + field.getName());
          }
        }
      }
      assertThat(missing).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.phalanx.scheduler.codec.EventFormatTest#lines")
    void isWrittenAsItWasRead(String line) {
      assertThat(new String(codec.encode(decode(line)), UTF_8)).isEqualTo(line + "\n");
    }

    @ParameterizedTest
    @MethodSource("io.phalanx.scheduler.codec.EventFormatTest#olderLines")
    void hasOlderFormsThatAreStillRead(String line) {
      Event event = decode(line).get(0).event();
      String now = new String(codec.encode(decode(line)), UTF_8);
      assertThat(decode(now.strip()).get(0).event()).isEqualTo(event);
      assertThat(now).isNotEqualTo(line + "\n");
    }

    @Test
    void isReadAsOneRow() throws IOException {
      List<StampedEvent> events =
          decode(lines().stream().collect(Collectors.joining("\n", "", "\n")));
      assertThat(events).hasSameSizeAs(lines());
      assertThat(events)
          .last()
          .extracting(s -> s.moment().position())
          .isEqualTo((long) lines().size());
    }
  }

  @Nested
  class Catalog {

    @Test
    void namesEveryEventThereIs() {
      Set<Class<?>> sealed = new LinkedHashSet<>();
      collect(Event.class, sealed);
      assertThat(EventCatalog.all().values())
          .containsExactlyInAnyOrderElementsOf(
              sealed.stream().<Class<? extends Event>>map(c -> c.asSubclass(Event.class)).toList());
    }

    private void collect(Class<?> type, Set<Class<?>> into) {
      Class<?>[] permitted = type.getPermittedSubclasses();
      if (permitted == null) {
        into.add(type);
      } else {
        Arrays.stream(permitted).forEach(sub -> collect(sub, into));
      }
    }

    @Test
    void namesEndInAVersion() {
      assertThat(EventCatalog.all().keySet()).allMatch(name -> name.matches("[a-z-]+/[1-9][0-9]*"));
    }
  }

  @Nested
  class Read {

    @Test
    void fillsInWhatAPolicyFromBeforeDoesNotHave() throws IOException {
      String line = lines().stream().filter(l -> l.contains("policy-changed/1")).findFirst().get();
      String before = line.replaceAll(",\"moves\":\\{[^}]*}", "");
      assertThat(before).isNotEqualTo(line);
      PolicyChanged read = (PolicyChanged) decode(before).get(0).event();
      assertThat(read.policy().moves()).isEqualTo(MoveRules.DEFAULT);
    }

    @Test
    void fillsInWhatAPolicyOfAnEarlierVersionLacks() throws IOException {
      String line =
          lines().stream().filter(each -> each.contains("policy-changed/1")).findFirst().get();
      String earlier = line.replaceFirst(",\"attestation\":[{].*[}](?=[}]{3}$)", "");
      assertThat(earlier).hasSizeLessThan(line.length());
      assertThat(decode(earlier).get(0).event()).isEqualTo(decode(line).get(0).event());
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{\"t\":1,\"e\":\"miner-started/1\",\"d\":{\"minerId\":\"a\",\"more\":1}}",
          "{\"t\":1,\"e\":\"miner-started/2\",\"d\":{\"minerId\":\"a\"}}",
          "{\"t\":1,\"e\":\"deployment-ended/1\",\"d\":{\"deploymentId\":\"d-1\","
              + "\"reason\":\"Vanished\",\"released\":\"0\"}}",
          "{\"t\":1,\"e\":\"nothing/1\",\"d\":{}}"
        })
    void tellsWhatANewerVersionWroteFromDamage(String line) {
      assertThatThrownBy(() -> decode(line))
          .isInstanceOf(UnknownEventException.class)
          .hasMessageContaining("Event 1 has a ")
          .hasMessageContaining("Update this node.");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{\"e\":\"miner-started/1\",\"d\":{\"minerId\":\"a\"}}",
          "{\"t\":1,\"d\":{\"minerId\":\"a\"}}",
          "{\"t\":1,\"e\":\"miner-started/1\",\"d\":{\"minerId\":\"a\"},\"x\":1}",
          "{\"t\":1,\"e\":\"miner-started/1\",\"d\":{\"minerId\":\"a\"}",
          "{\"t\":1,\"e\":\"leader-took-over/1\",\"d\":{\"epoch\":null,\"node\":\"n\",\"downMs\":0}}",
          "[]",
          "nonsense"
        })
    void refusesWhatIsNoEvent(String line) {
      assertThatThrownBy(() -> decode(line)).isExactlyInstanceOf(CorruptStateException.class);
    }
  }
}
