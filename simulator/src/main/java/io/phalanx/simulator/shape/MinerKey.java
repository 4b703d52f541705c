package io.phalanx.simulator.shape;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** A miner's Ed25519 key pair; the private key is the SHA-256 of the miner's name. */
public final class MinerKey {
  private final Ed25519PrivateKeyParameters privateKey;
  private final String minerId;

  private MinerKey(Ed25519PrivateKeyParameters privateKey) {
    this.privateKey = privateKey;
    this.minerId = HexFormat.of().formatHex(privateKey.generatePublicKey().getEncoded());
  }

  public static MinerKey of(String name) {
    return new MinerKey(new Ed25519PrivateKeyParameters(sha256(name), 0));
  }

  /** Lower-case hex of the public key: 64 characters. */
  public String minerId() {
    return minerId;
  }

  public byte[] sign(byte[] message) {
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, privateKey);
    signer.update(message, 0, message.length);
    return signer.generateSignature();
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
