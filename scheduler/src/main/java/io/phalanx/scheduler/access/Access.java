package io.phalanx.scheduler.access;

import io.phalanx.scheduler.event.AccessEvent.KeyIssued;
import io.phalanx.scheduler.event.AccessEvent.KeyRevoked;
import io.phalanx.scheduler.event.AccessEvent.NonceUsed;
import io.phalanx.scheduler.event.Moment;
import java.util.List;

/** API keys and used nonces: the part of the state that says who may come in. */
public final class Access {

  private final AccessKeys keys = new AccessKeys();
  private final Nonces nonces = new Nonces();

  /**
   * It as data.
   *
   * @param keys API keys
   * @param nonces those still remembered, by the end of that
   */
  public record Image(AccessKeys.Image keys, List<Nonce> nonces) {

    /** Nobody has come in yet. */
    public static final Image EMPTY = new Image(AccessKeys.Image.EMPTY, List.of());
  }

  /** Takes over what a snapshot holds. */
  public void restore(Image image) {
    keys.restore(image.keys());
    nonces.restore(image.nonces());
  }

  /** It as data. */
  public Image image() {
    return new Image(keys.image(), nonces.image());
  }

  /** API keys. */
  public AccessKeys keys() {
    return keys;
  }

  /** Used nonces. */
  public Nonces nonces() {
    return nonces;
  }

  /** A new key. */
  public void apply(KeyIssued event, Moment moment) {
    keys.apply(event, moment);
  }

  /** A key counts no more. */
  public void apply(KeyRevoked event, Moment moment) {
    keys.apply(event, moment);
  }

  /** A signed request was seen. */
  public void apply(NonceUsed event, Moment moment) {
    nonces.apply(event, moment);
  }
}
