package io.phalanx.scheduler.proof;

import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** The scheduler's own Ed25519 key pair; it never shows its secret. */
public final class SigningKey {
  /** Length of the secret in bytes. */
  public static final int SEED_BYTES = 32;

  private final Ed25519PrivateKeyParameters secret;
  private final String keyId;

  private SigningKey(Ed25519PrivateKeyParameters secret) {
    this.secret = secret;
    this.keyId = HexFormat.of().formatHex(secret.generatePublicKey().getEncoded());
  }

  /**
   * The pair with this secret (RFC 8032 §5.1.5).
   *
   * @throws IllegalArgumentException unless it has 32 bytes
   */
  public static SigningKey of(byte[] seed) {
    if (seed.length != SEED_BYTES) {
      throw new IllegalArgumentException("an Ed25519 secret has 32 bytes, not " + seed.length);
    }
    return new SigningKey(new Ed25519PrivateKeyParameters(seed, 0));
  }

  /** Its name: the public key in lower-case hex. */
  public String keyId() {
    return keyId;
  }

  /** What checks its signatures. */
  public VerifyingKey verifyingKey() {
    return new VerifyingKey(keyId);
  }

  /** 64 bytes. */
  public byte[] sign(byte[] message) {
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, secret);
    signer.update(message, 0, message.length);
    return signer.generateSignature();
  }
}
