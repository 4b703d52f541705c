package io.phalanx.api.auth;

import io.phalanx.api.auth.FieldParser.Bytes;
import io.phalanx.api.auth.FieldParser.Item;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;

/** The header {@code Content-Digest} (RFC 9530) against the body it came with. */
final class ContentDigest {
  private static final Map<String, String> ALGORITHMS =
      Map.of("sha-256", "SHA-256", "sha-512", "SHA-512");

  private ContentDigest() {}

  /**
   * Checks every digest of a kind that is known here.
   *
   * @throws BadSignatureException if one differs, or none is of such a kind
   */
  static void check(String field, byte[] body) throws BadSignatureException {
    boolean checked = false;
    for (Map.Entry<String, Object> member : FieldParser.dictionary(field).entrySet()) {
      String algorithm = ALGORITHMS.get(member.getKey());
      if (algorithm != null) {
        if (!(member.getValue() instanceof Item item)
            || !(item.value() instanceof Bytes bytes)
            || !MessageDigest.isEqual(bytes.value(), digest(algorithm, body))) {
          throw new BadSignatureException("Content-Digest is not the digest of the body.");
        }
        checked = true;
      }
    }
    if (!checked) {
      throw new BadSignatureException("Content-Digest holds neither sha-256 nor sha-512.");
    }
  }

  private static byte[] digest(String algorithm, byte[] body) {
    try {
      return MessageDigest.getInstance(algorithm).digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }
}
