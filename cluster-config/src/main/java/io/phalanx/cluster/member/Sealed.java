package io.phalanx.cluster.member;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What nodes send each other: the authentication code of all that follows, then an envelope in JSON
 * that says to which cell it belongs, from whom it is, when it was sent and what it answers. What
 * is not from a node of this cell, or not of the last half minute, is dropped and counted.
 */
public final class Sealed {
  /** How old a message may be, and how far clocks may differ. */
  static final long MAX_AGE_MS = 30_000;

  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final AtomicLong dropped = new AtomicLong();
  private final ClusterSecret secret;
  private final String cell;
  private final String node;
  private final InstantSource clock;

  /** Seals for one node of a cell. */
  public Sealed(ClusterSecret secret, String cell, String node, InstantSource clock) {
    this.secret = secret;
    this.cell = cell;
    this.node = node;
    this.clock = clock;
  }

  /**
   * A message as it came.
   *
   * @param cell whose
   * @param from which node sent it
   * @param id different for each message; an answer has that of the question
   * @param epoch the newest that the sender knew
   * @param atMs when it was sent, by the sender's clock
   * @param body what it says
   */
  public record Message(
      String cell, String from, String id, long epoch, long atMs, JsonNode body) {}

  private record Outgoing(
      String cell, String from, String id, long epoch, long atMs, @JsonRawValue String body) {}

  /**
   * Seals a message.
   *
   * @param body JSON
   */
  public Buffer seal(String id, long epoch, String body) {
    try {
      byte[] content =
          JSON.writeValueAsBytes(new Outgoing(cell, node, id, epoch, clock.millis(), body));
      return Buffer.buffer(ClusterSecret.CODE_BYTES + content.length)
          .appendBytes(secret.code(content, 0))
          .appendBytes(content);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a message cannot be written", e);
    }
  }

  /** Opens a message, if it is from a node of this cell and fresh. */
  public Optional<Message> open(Buffer buffer) {
    Optional<Message> opened = opened(buffer.getBytes());
    if (opened.isEmpty()) {
      dropped.incrementAndGet();
    }
    return opened;
  }

  /** How many messages were dropped. */
  public long dropped() {
    return dropped.get();
  }

  private Optional<Message> opened(byte[] bytes) {
    if (bytes.length <= ClusterSecret.CODE_BYTES
        || !secret.isCode(
            Arrays.copyOf(bytes, ClusterSecret.CODE_BYTES), bytes, ClusterSecret.CODE_BYTES)) {
      return Optional.empty();
    }
    try {
      int length = bytes.length - ClusterSecret.CODE_BYTES;
      Message message =
          JSON.readerFor(Message.class).readValue(bytes, ClusterSecret.CODE_BYTES, length);
      boolean isOurs =
          message.cell().equals(cell) && Math.abs(clock.millis() - message.atMs()) <= MAX_AGE_MS;
      return isOurs ? Optional.of(message) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
