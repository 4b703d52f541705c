package io.phalanx.scheduler.state;

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
   * Keys for a snapshot, each as its mark and its position (8 bytes, big-endian), up to 1,024 in a
   * block of base64.
   */
  public record Image(List<String> blocks) {

    /** No keys. */
    public static final Image NONE = new Image(List.of());

    /** How many there are. */
    public int count() {
      return blocks.stream().mapToInt(block -> decoded(block).remaining() / USED_BYTES).sum();
    }
  }

  void restore(Image image) {
    for (String block : image.blocks()) {
      ByteBuffer bytes = decoded(block);
      while (bytes.hasRemaining()) {
        remember(KeyMark.read(bytes), bytes.getLong());
      }
    }
  }

  private static ByteBuffer decoded(String block) {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(block));
    if (bytes.remaining() % USED_BYTES != 0) {
      throw new CorruptStateException("a block of keys has " + bytes.remaining() + " bytes");
    }
    return bytes;
  }

  Image image() {
    List<String> blocks = new ArrayList<>();
    ByteBuffer block = ByteBuffer.allocate(USED_PER_BLOCK * USED_BYTES);
    for (Used used : byScope.values()) {
      used.mark().write(block).putLong(used.position());
      if (!block.hasRemaining()) {
        blocks.add(encoded(block));
      }
    }
    if (block.position() > 0) {
      blocks.add(encoded(block));
    }
    return new Image(blocks);
  }

  private static String encoded(ByteBuffer block) {
    ByteBuffer bytes = Base64.getEncoder().encode(block.flip());
    block.clear();
    return new String(bytes.array(), 0, bytes.limit(), java.nio.charset.StandardCharsets.US_ASCII);
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
