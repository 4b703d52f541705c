package io.phalanx.scheduler.proof;

import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * An Ed25519 public key. Keys of small order are refused: under them one signature fits every
 * message.
 *
 * @param hex 64 lower-case digits
 */
public record VerifyingKey(String hex) {

  /**
   * Checks the form and the point.
   *
   * @throws IllegalArgumentException if it is no usable key
   */
  public VerifyingKey {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("a public key is 64 lower-case hex digits");
    }
    if (!Ed25519.validatePublicKeyFull(HexFormat.of().parseHex(hex), 0)) {
      throw new IllegalArgumentException("not a point of full order: " + hex);
    }
  }

  /** Whether the key's owner signed exactly these bytes. */
  public boolean verifies(byte[] message, byte[] signature) {
    Ed25519Signer verifier = new Ed25519Signer();
    verifier.init(false, new Ed25519PublicKeyParameters(HexFormat.of().parseHex(hex), 0));
    verifier.update(message, 0, message.length);
    return verifier.verifySignature(signature);
  }
}
