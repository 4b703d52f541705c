package io.phalanx.cluster.member;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What the nodes of a cluster share and nobody else knows; authenticates what they send. */
public final class ClusterSecret {
  /** Least length in bytes of what is in the file, without the space around it. */
  public static final int MIN_BYTES = 32;

  /** Length of an authentication code in bytes. */
  static final int CODE_BYTES = 32;

  private static final int MAX_FILE_BYTES = 4096;
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  private ClusterSecret(byte[] secret) {
    this.key = new SecretKeySpec(secret, ALGORITHM);
  }

  /** A secret that is known. */
  public static ClusterSecret of(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < MIN_BYTES) {
      throw new IllegalArgumentException(
          "a cluster's secret has at least " + MIN_BYTES + " bytes, not " + bytes.length);
    }
    return new ClusterSecret(bytes);
  }

  /**
   * Reads it from a file.
   *
   * @throws IllegalArgumentException if it is too short or too long
   * @throws UncheckedIOException if it cannot be read
   */
  public static ClusterSecret read(Path file) {
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new IllegalArgumentException("a cluster's secret has at most 4096 bytes");
      }
      return of(Files.readString(file).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The code of those bytes from an offset on. */
  byte[] code(byte[] bytes, int offset) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(bytes, offset, bytes.length - offset);
      return mac.doFinal();
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  /** Whether it is the code of those bytes; takes as long either way. */
  boolean isCode(byte[] code, byte[] bytes, int offset) {
    return MessageDigest.isEqual(code, code(bytes, offset));
  }
}
