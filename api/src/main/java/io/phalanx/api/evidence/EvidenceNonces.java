package io.phalanx.api.evidence;

import io.phalanx.attestation.Bytes;
import io.phalanx.scheduler.proof.SigningKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Gives out nonces for evidence and knows them again, on any node that has the scheduler's key and
 * after any restart, without keeping one: a nonce is its time, chance, and a code over both. That
 * it is used once is the writer's to see.
 */
public final class EvidenceNonces {
  /** Length of a nonce in bytes. */
  public static final int LENGTH = 32;

  private static final int CODED = 16;
  private static final String ALGORITHM = "HmacSHA256";

  /** A signature that nothing else asks for, and that nobody outside sees. */
  private static final byte[] PURPOSE =
      "phalanx-attestation-nonce-v1".getBytes(StandardCharsets.UTF_8);

  private final SecretKeySpec secret;
  private final RandomGenerator random;

  /**
   * For that key.
   *
   * @param random makes two nonces of the same millisecond differ
   */
  public EvidenceNonces(SigningKey key, RandomGenerator random) {
    this.secret = new SecretKeySpec(key.sign(PURPOSE), ALGORITHM);
    this.random = random;
  }

  /** A nonce of that time, Unix milliseconds. */
  public Bytes issue(long atMs) {
    ByteBuffer nonce = ByteBuffer.allocate(LENGTH).putLong(atMs);
    byte[] chance = new byte[CODED - Long.BYTES];
    synchronized (random) {
      random.nextBytes(chance);
    }
    nonce.put(chance);
    nonce.put(code(nonce.array()));
    return Bytes.copyOf(nonce.array());
  }

  /** When the nonce was given out, Unix milliseconds; none when it never was. */
  public OptionalLong issuedAt(Bytes nonce) {
    byte[] all = nonce.toArray();
    if (all.length != LENGTH) {
      return OptionalLong.empty();
    }
    byte[] code = Arrays.copyOfRange(all, CODED, LENGTH);
    return MessageDigest.isEqual(code, code(all))
        ? OptionalLong.of(ByteBuffer.wrap(all).getLong())
        : OptionalLong.empty();
  }

  private byte[] code(byte[] nonce) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      mac.update(nonce, 0, CODED);
      return Arrays.copyOf(mac.doFinal(), LENGTH - CODED);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
    }
  }
}
