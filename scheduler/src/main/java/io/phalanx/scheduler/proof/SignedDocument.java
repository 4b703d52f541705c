package io.phalanx.scheduler.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;

/**
 * JSON documents that carry {@code keyId} and {@code signature}: base64 of Ed25519 over the
 * document's RFC 8785 form without {@code signature} and without {@code state}, which goes on
 * changing after it was signed.
 */
public final class SignedDocument {

  private static final String KEY_ID = "keyId";
  private static final String SIGNATURE = "signature";
  private static final List<String> UNSIGNED = List.of(SIGNATURE, "state");

  private SignedDocument() {}

  /** The document with {@code keyId} and {@code signature}, replacing what it had of them. */
  public static ObjectNode sign(ObjectNode document, SigningKey key) {
    ObjectNode signed = document.deepCopy();
    signed.put(KEY_ID, key.keyId());
    byte[] signature = key.sign(signedBytes(signed));
    return signed.put(SIGNATURE, Base64.getEncoder().encodeToString(signature));
  }

  /** The key it says that it is signed with; empty if it names none. */
  public static String keyId(JsonNode document) {
    return document.path(KEY_ID).asText("");
  }

  /** Whether that key signed the document as it stands. */
  public static boolean isSignedBy(VerifyingKey key, ObjectNode document) {
    try {
      byte[] signature = Base64.getDecoder().decode(document.path(SIGNATURE).asText(""));
      return key.verifies(signedBytes(document), signature);
    } catch (IllegalArgumentException e) {
      return false; // no base64, or a number that has no canonical form
    }
  }

  private static byte[] signedBytes(ObjectNode document) {
    return CanonicalJson.of(document.deepCopy().remove(UNSIGNED));
  }
}
