package io.phalanx.scheduler.codec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.phalanx.placement.Preference;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/** The mappers: what is stored leaves absent values out, what is shown says {@code null}. */
public final class CoreJson {

  private static final ObjectMapper STORED =
      builder().defaultPropertyInclusion(inclusion(JsonInclude.Include.NON_NULL)).build();
  private static final ObjectMapper SHOWN =
      builder().defaultPropertyInclusion(inclusion(JsonInclude.Include.ALWAYS)).build();

  private CoreJson() {}

  /** For the journal, snapshots and the history. */
  public static ObjectMapper stored() {
    return STORED;
  }

  /** For callers. */
  public static ObjectMapper shown() {
    return SHOWN;
  }

  private static JsonInclude.Value inclusion(JsonInclude.Include include) {
    return JsonInclude.Value.construct(include, JsonInclude.Include.ALWAYS);
  }

  private static JsonMapper.Builder builder() {
    SimpleModule module = new SimpleModule("phalanx");
    module.addSerializer(Duration.class, new DurationWriter());
    module.addDeserializer(Duration.class, new DurationReader());
    module.addSerializer(Preference.class, new PreferenceWriter());
    module.addDeserializer(Preference.class, new PreferenceReader());
    return JsonMapper.builder()
        .addModule(module)
        .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
  }

  private static final class DurationWriter extends StdSerializer<Duration> {
    private static final long serialVersionUID = 1L;

    DurationWriter() {
      super(Duration.class);
    }

    @Override
    public void serialize(Duration value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(value.toString());
    }
  }

  private static final class DurationReader extends StdDeserializer<Duration> {
    private static final long serialVersionUID = 1L;

    DurationReader() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return Duration.parse(in.getText());
    }
  }

  private static final class PreferenceWriter extends StdSerializer<Preference> {
    private static final long serialVersionUID = 1L;

    PreferenceWriter() {
      super(Preference.class);
    }

    @Override
    public void serialize(Preference value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(value.name().toLowerCase(Locale.ROOT));
    }
  }

  private static final class PreferenceReader extends StdDeserializer<Preference> {
    private static final long serialVersionUID = 1L;

    PreferenceReader() {
      super(Preference.class);
    }

    @Override
    public Preference deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      return Preference.valueOf(in.getText().toUpperCase(Locale.ROOT));
    }
  }
}
