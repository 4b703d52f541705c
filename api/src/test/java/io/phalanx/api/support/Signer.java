package io.phalanx.api.support;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** Somebody with an Ed25519 key who signs requests as RFC 9421 says, by string and by hand. */
public final class Signer {
  private final Ed25519PrivateKeyParameters key;
  private final String keyId;

  private Signer(Ed25519PrivateKeyParameters key) {
    this.key = key;
    this.keyId = HexFormat.of().formatHex(key.generatePublicKey().getEncoded());
  }

  /** The one whose private key is the SHA-256 of its name. */
  public static Signer of(String name) {
    return new Signer(
        new Ed25519PrivateKeyParameters(sha256(name.getBytes(StandardCharsets.UTF_8)), 0));
  }

  /** Its public key, hex. */
  public String keyId() {
    return keyId;
  }

  /** Its signature. */
  public byte[] sign(byte[] message) {
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, key);
    signer.update(message, 0, message.length);
    return signer.generateSignature();
  }

  /** Its signature of a text, base64. */
  public String sign(String message) {
    return Base64.getEncoder().encodeToString(sign(message.getBytes(StandardCharsets.UTF_8)));
  }

  /** Its signature of a reading, base64. */
  public String reading(String assignment, long epoch, long sequence, long gasUsed, boolean last) {
    return sign(
        "phalanx-reading-v1\n%s\n%d\n%d\n%d\n%s"
            .formatted(assignment, epoch, sequence, gasUsed, last));
  }

  /**
   * The headers of a signed request, names and values in turn.
   *
   * @param uri the whole target
   * @param created Unix seconds
   * @param nonce empty for none
   * @param idempotencyKey empty for none
   */
  public String[] headers(
      String method, String uri, String body, long created, String nonce, String idempotencyKey) {
    List<String> headers = new ArrayList<>();
    StringBuilder names = new StringBuilder("\"@method\" \"@target-uri\"");
    StringBuilder base =
        new StringBuilder("\"@method\": " + method + "\n\"@target-uri\": " + uri + "\n");
    if (!body.isEmpty()) {
      String digest = contentDigest(body);
      headers.addAll(List.of("Content-Digest", digest));
      names.append(" \"content-digest\"");
      base.append("\"content-digest\": ").append(digest).append('\n');
    }
    if (!idempotencyKey.isEmpty()) {
      headers.addAll(List.of("Idempotency-Key", idempotencyKey));
      names.append(" \"idempotency-key\"");
      base.append("\"idempotency-key\": ").append(idempotencyKey).append('\n');
    }
    String parameters =
        "("
            + names
            + ");created="
            + created
            + ";keyid=\""
            + keyId
            + "\""
            + (nonce.isEmpty() ? "" : ";nonce=\"" + nonce + "\"");
    base.append("\"@signature-params\": ").append(parameters);
    headers.addAll(List.of("Signature-Input", "sig1=" + parameters));
    headers.addAll(List.of("Signature", "sig1=:" + sign(base.toString()) + ":"));
    return headers.toArray(String[]::new);
  }

  /** The header {@code Content-Digest} of a body. */
  public static String contentDigest(String body) {
    byte[] digest = sha256(body.getBytes(StandardCharsets.UTF_8));
    return "sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":";
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
