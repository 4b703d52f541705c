package io.phalanx.api.payout;

import io.phalanx.scheduler.proof.SigningKey;
import io.phalanx.scheduler.proof.SigningKeys;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Signs what is posted with the scheduler's key (RFC 9421 with Ed25519): the receiver can check who
 * it is from with {@code GET /v1/scheduler-key}. Covered are method, target, body and key.
 */
final class RequestSigner {
  private static final String COVERED =
      "(\"@method\" \"@target-uri\" \"content-digest\" \"idempotency-key\")";
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private final SigningKeys keys;
  private final InstantSource clock;

  RequestSigner(SigningKeys keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /** The headers that make it a signed request, in their order. */
  Map<String, String> headers(URI target, String idempotencyKey, byte[] body) {
    Instant now = clock.instant();
    SigningKey key = keys.at(now.toEpochMilli());
    String digest = "sha-256=:" + base64(sha256(body)) + ":";
    String parameters =
        COVERED
            + ";created="
            + now.getEpochSecond()
            + ";keyid=\""
            + key.keyId()
            + "\";alg=\"ed25519\"";
    String base =
        "\"@method\": POST\n\"@target-uri\": "
            + signedForm(target)
            + "\n\"content-digest\": "
            + digest
            + "\n\"idempotency-key\": "
            + idempotencyKey
            + "\n\"@signature-params\": "
            + parameters;
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Idempotency-Key", idempotencyKey);
    headers.put("Content-Digest", digest);
    headers.put("Signature-Input", "sig1=" + parameters);
    byte[] signature = key.sign(base.getBytes(StandardCharsets.UTF_8));
    headers.put("Signature", "sig1=:" + base64(signature) + ":");
    return headers;
  }

  /** RFC 9421 §2.2.2: the host in lower case, no port that the scheme has anyway, a path. */
  static String signedForm(URI target) {
    String host = target.getHost().toLowerCase(java.util.Locale.ROOT);
    boolean secure = "https".equals(target.getScheme());
    int port = target.getPort();
    boolean usual = port < 0 || port == (secure ? HTTPS_PORT : HTTP_PORT);
    String path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
    String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
    return target.getScheme() + "://" + host + (usual ? "" : ":" + port) + path + query;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
