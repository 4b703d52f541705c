package io.phalanx.scheduler.access;

import java.util.Comparator;

/**
 * What makes a signed request one of its kind.
 *
 * @param keyId the public key that signed it, hex
 * @param nonce what the signer put in
 * @param untilMs until when it is remembered, Unix milliseconds: no node takes the request later
 */
public record Nonce(String keyId, String nonce, long untilMs) implements Comparable<Nonce> {

  private static final Comparator<Nonce> ORDER =
      Comparator.comparingLong(Nonce::untilMs)
          .thenComparing(Nonce::keyId)
          .thenComparing(Nonce::nonce);

  @Override
  public int compareTo(Nonce other) {
    return ORDER.compare(this, other);
  }
}
