package io.phalanx.scheduler.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.phalanx.scheduler.event.CorruptStateException;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.EventCatalog;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.event.UnknownEventException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A journal row's body: one JSON object a line, {@code {"t": stamp, "e": name/version, "d":
 * fields}}.
 */
public final class EventCodec {

  private final ObjectMapper mapper = CoreJson.stored();
  private final Map<Class<?>, ObjectWriter> writers = new HashMap<>();
  private final Map<String, ObjectReader> readers = new HashMap<>();

  /** A codec for every event there is. */
  public EventCodec() {
    EventCatalog.all()
        .forEach(
            (name, type) -> {
              writers.put(type, mapper.writerFor(type));
              readers.put(name, mapper.readerFor(type));
            });
  }

  /** The body of a row that holds these events, in this order. */
  public byte[] encode(List<StampedEvent> events) {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder(256 * events.size());
        JsonGenerator out = mapper.createGenerator(bytes)) {
      out.setRootValueSeparator(null);
      for (StampedEvent stamped : events) {
        out.writeStartObject();
        out.writeNumberField("t", stamped.moment().atMs());
        out.writeStringField("e", EventCatalog.nameOf(stamped.event()));
        out.writeFieldName("d");
        writer(stamped.event()).writeValue(out, stamped.event());
        out.writeEndObject();
        out.writeRaw('\n');
      }
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("an event cannot be written", e);
    }
  }

  /**
   * Reads a row's body.
   *
   * @param first the position of its first event
   * @throws CorruptStateException if it is no list of known events
   */
  public void decode(byte[] body, long first, Consumer<StampedEvent> consumer) {
    long position = first;
    try (JsonParser in = mapper.createParser(body)) {
      while (in.nextToken() != null) {
        consumer.accept(read(in, position));
        position++;
      }
    } catch (IOException e) {
      throw unreadable(position, e);
    }
  }

  /** A field or a word of a list that nobody here knows is a newer version's, the rest damage. */
  private static CorruptStateException unreadable(long position, IOException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return new UnknownEventException(position, "a field '" + unknown.getPropertyName() + "'");
    }
    if (e instanceof InvalidFormatException word && word.getTargetType().isEnum()) {
      return new UnknownEventException(position, "a word '" + word.getValue() + "'");
    }
    return new CorruptStateException("event " + position + " cannot be read: " + e.getMessage());
  }

  /**
   * Reads one event of a row's body and nothing else of it.
   *
   * @param first the position of the row's first event
   * @param position of the wanted one
   * @throws CorruptStateException if it is not there or not known
   */
  public StampedEvent decodeOne(byte[] body, long first, long position) {
    int at = 0;
    for (long line = first; line < position; line++) {
      at = lineAfter(body, at);
    }
    if (at >= body.length) {
      throw new CorruptStateException("event " + position + " is not in the row from " + first);
    }
    try (JsonParser in = mapper.createParser(body, at, lineAfter(body, at) - at)) {
      in.nextToken();
      return read(in, position);
    } catch (IOException e) {
      throw unreadable(position, e);
    }
  }

  /** Where the next line begins; JSON has its own line breaks escaped. */
  private static int lineAfter(byte[] body, int from) {
    int at = from;
    while (at < body.length && body[at] != '\n') {
      at++;
    }
    return Math.min(at + 1, body.length);
  }

  private StampedEvent read(JsonParser in, long position) throws IOException {
    if (!"t".equals(in.nextFieldName())) {
      throw new CorruptStateException("event " + position + " has no stamp");
    }
    long atMs = in.nextLongValue(-1);
    if (!"e".equals(in.nextFieldName())) {
      throw new CorruptStateException("event " + position + " has no name");
    }
    String name = in.nextTextValue();
    ObjectReader reader = readers.get(name);
    if (reader == null) {
      throw name == null
          ? new CorruptStateException("event " + position + " has no name")
          : new UnknownEventException(position, "a kind '" + name + "'");
    }
    in.nextFieldName();
    in.nextToken();
    Event event = reader.readValue(in);
    if (event == null) {
      throw new CorruptStateException("event " + position + " has no fields");
    }
    if (in.nextToken() != JsonToken.END_OBJECT) {
      throw new CorruptStateException("event " + position + " has more than it should");
    }
    return new StampedEvent(event, new Moment(position, atMs));
  }

  private ObjectWriter writer(Event event) {
    ObjectWriter writer = writers.get(event.getClass());
    if (writer == null) {
      throw new IllegalStateException("no writer for " + event.getClass());
    }
    return writer;
  }
}
