package io.phalanx.scheduler.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.phalanx.scheduler.codec.ImageCodec;
import io.phalanx.scheduler.state.ChangeListener;
import io.phalanx.scheduler.state.State;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** States as the bytes of a snapshot. */
public final class Images {

  private Images() {}

  /** The snapshot of that state. */
  public static byte[] bytes(State state) {
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      ImageCodec.write(state.image(), out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the snapshots of two states differ first, with a little around it; empty if nowhere. */
  public static String difference(State one, State other) {
    byte[] a = bytes(one);
    byte[] b = bytes(other);
    int at = Arrays.mismatch(a, b);
    return at < 0 ? "" : around(a, at) + " and " + around(b, at);
  }

  private static String around(byte[] bytes, int at) {
    int from = Math.max(0, at - 120);
    return new String(bytes, from, Math.min(bytes.length, at + 120) - from, UTF_8);
  }

  /** The state that a snapshot shows. */
  public static State state(byte[] bytes) {
    try (ByteArrayInputStream in = new ByteArrayInputStream(bytes)) {
      return new State(ImageCodec.read(in), ChangeListener.NONE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
