package io.phalanx.api.auth;

import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Verifies Ed25519 signatures (RFC 8032). A public key of small order, or with a part of small
 * order, is refused: under such a key one signature fits many messages. Safe for any threads.
 */
public final class Ed25519Verifier {
  private static final int REMEMBERED_KEYS = 50_000;

  /** Checking a key costs as much as a signature, and the same keys come again and again. */
  private final Map<String, Ed25519.PublicPoint> points =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Ed25519.PublicPoint> eldest) {
              return size() > REMEMBERED_KEYS;
            }
          });

  /** Whether that is a public key under which signatures mean something. */
  public boolean isKey(String publicKey) {
    return point(publicKey).isPresent();
  }

  /**
   * Whether it is that key's signature of the message.
   *
   * @param publicKey 64 hex digits
   * @param signature as it came
   */
  public boolean verifies(String publicKey, byte[] message, byte[] signature) {
    return signature.length == Ed25519.SIGNATURE_SIZE
        && point(publicKey)
            .filter(point -> Ed25519.verify(signature, 0, point, message, 0, message.length))
            .isPresent();
  }

  private Optional<Ed25519.PublicPoint> point(String publicKey) {
    Ed25519.PublicPoint known = points.get(publicKey);
    if (known != null) {
      return Optional.of(known);
    }
    byte[] bytes = bytes(publicKey);
    if (bytes.length != Ed25519.PUBLIC_KEY_SIZE) {
      return Optional.empty();
    }
    Optional<Ed25519.PublicPoint> checked =
        Optional.ofNullable(Ed25519.validatePublicKeyFullExport(bytes, 0));
    checked.ifPresent(point -> points.put(publicKey, point));
    return checked;
  }

  private static byte[] bytes(String hex) {
    try {
      return HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException notHex) {
      return new byte[0];
    }
  }
}
