package io.phalanx.cluster.forward;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.command.Command;
import io.phalanx.scheduler.engine.Submission;
import io.phalanx.scheduler.id.KeyMark;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Commands as JSON, each under the name of its type. Nodes of two adjacent versions may speak to
 * each other: a command that is not understood whole is not executed at all.
 */
final class CommandCodec {
  private static final ObjectMapper JSON = mapper();

  private CommandCodec() {}

  /** How commands are told apart. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
  private interface Named {}

  /**
   * A command with its key.
   *
   * @param command what is asked
   * @param key under which it happens once, if it has one
   * @param trace that it is part of; left out when there is none, so that nodes of the version
   *     before understand it
   */
  record Keyed(
      Command command,
      @Nullable KeyMark key,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String trace) {}

  private record Batch(List<Keyed> commands) {}

  /** Several commands in their order. */
  static String write(List<Keyed> commands) {
    try {
      return JSON.writeValueAsString(new Batch(commands));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a command cannot be written", e);
    }
  }

  /**
   * Reads them back.
   *
   * @throws JsonProcessingException if one of them is not understood
   */
  static List<Keyed> read(JsonNode batch) throws JsonProcessingException {
    return JSON.treeToValue(batch, Batch.class).commands();
  }

  /** Every type of command, through all levels of the sealed hierarchy. */
  static List<Class<?>> types() {
    List<Class<?>> types = new ArrayList<>();
    collect(Command.class, types);
    return types;
  }

  private static void collect(Class<?> type, List<Class<?>> types) {
    Class<?>[] permitted = type.getPermittedSubclasses();
    if (permitted == null) {
      types.add(type);
      return;
    }
    for (Class<?> subclass : permitted) {
      collect(subclass, types);
    }
  }

  private static ObjectMapper mapper() {
    ObjectMapper mapper = CoreJson.stored().copy();
    mapper.addMixIn(Command.class, Named.class);
    for (Class<?> type : types()) {
      mapper.registerSubtypes(new NamedType(type, type.getSimpleName()));
    }
    return mapper;
  }

  /** The commands of those submissions, as they are sent. */
  static Keyed of(Submission submission, @Nullable KeyMark key) {
    return new Keyed(submission.command(), key, submission.traceparent());
  }
}
