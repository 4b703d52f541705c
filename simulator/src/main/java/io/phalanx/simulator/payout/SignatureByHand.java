package io.phalanx.simulator.payout;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * What a payout layer does to check a signed delivery, written from RFC 9421 and RFC 9530 alone.
 */
final class SignatureByHand {
  private static final Pattern INPUT = Pattern.compile("sig1=(\\(([^)]*)\\);.*)");
  private static final Pattern KEY_ID = Pattern.compile(";keyid=\"([0-9a-f]{64})\"");

  private SignatureByHand() {}

  /** What is wrong with the signature; empty when nothing is. */
  static String fault(String method, URI target, Map<String, String> headers, byte[] body) {
    String digest = "sha-256=:" + Base64.getEncoder().encodeToString(sha256(body)) + ":";
    if (!digest.equals(headers.get("content-digest"))) {
      return "the digest is not the body's";
    }
    Matcher input = INPUT.matcher(headers.getOrDefault("signature-input", ""));
    if (!input.matches()) {
      return "no signature input";
    }
    StringBuilder base = new StringBuilder();
    for (String quoted : input.group(2).split(" ", -1)) {
      String name = quoted.replace("\"", "");
      String value =
          switch (name) {
            case "@method" -> method;
            case "@target-uri" -> target.toString().replace(target.getHost(), host(target));
            default -> headers.getOrDefault(name, "");
          };
      base.append(quoted).append(": ").append(value).append('\n');
    }
    for (String needed :
        new String[] {"@method", "@target-uri", "content-digest", "idempotency-key"}) {
      if (!input.group(2).contains('"' + needed + '"')) {
        return needed + " is not covered";
      }
    }
    base.append("\"@signature-params\": ").append(input.group(1));
    Matcher keyId = KEY_ID.matcher(input.group(1));
    String signature = headers.getOrDefault("signature", "").replaceAll("^sig1=:|:$", "");
    return keyId.find() && verifies(keyId.group(1), base.toString(), signature)
        ? ""
        : "the signature does not fit";
  }

  private static String host(URI target) {
    return target.getHost().toLowerCase(Locale.ROOT);
  }

  private static boolean verifies(String key, String base, String signature) {
    Ed25519Signer verifier = new Ed25519Signer();
    verifier.init(false, new Ed25519PublicKeyParameters(HexFormat.of().parseHex(key)));
    byte[] message = base.getBytes(StandardCharsets.UTF_8);
    verifier.update(message, 0, message.length);
    return verifier.verifySignature(Base64.getDecoder().decode(signature));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
