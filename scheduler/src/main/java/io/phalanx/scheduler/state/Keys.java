package io.phalanx.scheduler.state;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.phalanx.scheduler.event.CorruptStateException;
import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.id.KeyScope;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Idempotency keys of the last minutes; older ones are in the history. */
public final class Keys {

  private static final int USED_BYTES = KeyMark.LENGTH + Long.BYTES;
  private static final int USED_PER_BLOCK = 1024;

  /** In the order of their use, which is that of their positions. */
  private final Map<KeyScope, Used> byScope = new LinkedHashMap<>();

  /**
   * A key that was used.
   *
   * @param mark of the key and the body
   * @param position the journal position of the event that carries the mark: what was answered is
   *     found there
   */
  public record Used(KeyMark mark, long position) {}

  /**
   * Keys for a snapshot.
   *
   * @param used in the order of their positions
   */
  public record Image(List<Used> used) {

    /** Reads {@link #blocks}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Image of(List<String> blocks) {
      List<Used> used = new ArrayList<>(blocks.size() * USED_PER_BLOCK);
      for (String block : blocks) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(block));
        if (bytes.remaining() % USED_BYTES != 0) {
          throw new CorruptStateException("a block of keys has " + bytes.remaining() + " bytes");
        }
        while (bytes.hasRemaining()) {
          used.add(new Used(KeyMark.read(bytes), bytes.getLong()));
        }
      }
      return new Image(used);
    }

    /** Each key as its mark and its position (8 bytes, big-endian), many in a block of base64. */
    @JsonValue
    List<String> blocks() {
      List<String> blocks = new ArrayList<>();
      for (int from = 0; from < used.size(); from += USED_PER_BLOCK) {
        List<Used> some = used.subList(from, Math.min(used.size(), from + USED_PER_BLOCK));
        ByteBuffer bytes = ByteBuffer.allocate(some.size() * USED_BYTES);
        some.forEach(each -> each.mark().write(bytes).putLong(each.position()));
        blocks.add(Base64.getEncoder().encodeToString(bytes.array()));
      }
      return blocks;
    }
  }

  void restore(Image image) {
    image.used().forEach(used -> remember(used.mark(), used.position()));
  }

  Image image() {
    return new Image(all());
  }

  void remember(KeyMark mark, long position) {
    if (byScope.put(mark.scope(), new Used(mark, position)) != null) {
      throw new CorruptStateException("a key is used again at " + position);
    }
  }

  void forget(long upTo) {
    Iterator<Used> oldest = byScope.values().iterator();
    while (oldest.hasNext() && oldest.next().position() <= upTo) {
      oldest.remove();
    }
  }

  /** The use of a key, while the state has it. */
  public Optional<Used> find(KeyScope scope) {
    return Optional.ofNullable(byScope.get(scope));
  }

  /** All of them, in the order of their positions. */
  public List<Used> all() {
    return List.copyOf(byScope.values());
  }
}
