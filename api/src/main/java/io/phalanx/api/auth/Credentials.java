package io.phalanx.api.auth;

import io.phalanx.scheduler.access.Caller;
import io.phalanx.scheduler.access.Nonce;
import org.jspecify.annotations.Nullable;

/**
 * What a request has proved of who sent it.
 *
 * @param mode whether anything was asked
 * @param caller who calls; none in open mode, and on public routes without a key
 * @param signer the public key that signed the request, hex; none when it was not signed
 * @param nonce by which a signed write counts once
 */
public record Credentials(
    Mode mode, @Nullable Caller caller, @Nullable String signer, @Nullable Nonce nonce) {

  /** What is asked of callers. */
  public enum Mode {
    /** Nothing: a caller is whoever it says it is. */
    OPEN,
    /** A key or a signature. */
    KEYS
  }

  /** Open mode. */
  public static final Credentials OPEN = new Credentials(Mode.OPEN, null, null, null);

  /** Nobody in particular, on a route that everybody may call. */
  public static final Credentials ANONYMOUS = new Credentials(Mode.KEYS, null, null, null);

  /** A caller that presented its key. */
  public static Credentials of(Caller caller) {
    return new Credentials(Mode.KEYS, caller, null, null);
  }

  /** The same for another try at the same request: its nonce is used. */
  public Credentials again() {
    return new Credentials(mode, caller, signer, null);
  }

  /** Whether nothing was asked. */
  public boolean isOpen() {
    return mode == Mode.OPEN;
  }
}
