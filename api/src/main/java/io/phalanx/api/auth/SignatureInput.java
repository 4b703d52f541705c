package io.phalanx.api.auth;

import io.phalanx.api.auth.FieldParser.Bytes;
import io.phalanx.api.auth.FieldParser.InnerList;
import io.phalanx.api.auth.FieldParser.Item;
import io.phalanx.api.auth.FieldParser.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one signature of a request (RFC 9421 §4), read but not verified.
 *
 * @param components names of what it covers, in its order
 * @param parameters its parameters as the signature base has them
 * @param keyId the public key, 64 hex digits
 * @param created when it was made, Unix seconds
 * @param expires when its maker wants it to end, Unix seconds
 * @param nonce what makes it one of its kind
 * @param signature 64 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // read only, never compared
record SignatureInput(
    List<String> components,
    String parameters,
    String keyId,
    long created,
    @Nullable Long expires,
    @Nullable String nonce,
    byte[] signature) {

  private static final Pattern KEY_ID = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern NONCE = Pattern.compile("[ -~]{1,128}");
  private static final Set<String> PARAMETERS =
      Set.of("created", "expires", "nonce", "alg", "keyid", "tag");
  private static final int SIGNATURE_BYTES = 64;

  /**
   * Reads both fields.
   *
   * @throws BadSignatureException if they are not one well-formed signature of the kind asked here
   */
  static SignatureInput read(String inputs, String signatures) throws BadSignatureException {
    Map<String, Object> input = FieldParser.dictionary(inputs);
    Map<String, Object> values = FieldParser.dictionary(signatures);
    if (input.size() != 1 || !input.keySet().equals(values.keySet())) {
      throw new BadSignatureException(
          "Signature-Input and Signature hold one signature of the same label.");
    }
    if (!(input.values().iterator().next() instanceof InnerList covered)
        || !(values.values().iterator().next() instanceof Item value)
        || !(value.value() instanceof Bytes bytes)
        || bytes.value().length != SIGNATURE_BYTES) {
      throw new BadSignatureException("The signature is 64 bytes over a list of components.");
    }
    return of(covered, bytes.value());
  }

  private static SignatureInput of(InnerList covered, byte[] signature)
      throws BadSignatureException {
    Map<String, Object> given = covered.parameters();
    if (!PARAMETERS.containsAll(given.keySet())) {
      throw new BadSignatureException("The signature has a parameter that RFC 9421 does not name.");
    }
    if (!(given.get("keyid") instanceof String keyId) || !KEY_ID.matcher(keyId).matches()) {
      throw new BadSignatureException("keyid is the public key, 64 lower-case hex digits.");
    }
    if (!(given.get("created") instanceof Long created)) {
      throw new BadSignatureException("created is missing: Unix seconds.");
    }
    if (given.containsKey("alg") && !"ed25519".equals(given.get("alg"))) {
      throw new BadSignatureException("The only alg here is ed25519.");
    }
    return new SignatureInput(
        names(covered),
        serialized(covered),
        keyId,
        created,
        expires(given),
        nonce(given),
        signature);
  }

  private static @Nullable Long expires(Map<String, Object> given) throws BadSignatureException {
    Object expires = given.get("expires");
    if (expires != null && !(expires instanceof Long)) {
      throw new BadSignatureException("expires is a number: Unix seconds.");
    }
    return (Long) expires;
  }

  private static @Nullable String nonce(Map<String, Object> given) throws BadSignatureException {
    Object nonce = given.get("nonce");
    if (nonce != null && !(nonce instanceof String text && NONCE.matcher(text).matches())) {
      throw new BadSignatureException("nonce is a string of 1 to 128 characters.");
    }
    return (String) nonce;
  }

  private static List<String> names(InnerList covered) throws BadSignatureException {
    List<String> names = new ArrayList<>();
    for (Item item : covered.items()) {
      if (!(item.value() instanceof String name) || !item.parameters().isEmpty()) {
        throw new BadSignatureException("Covered components are names without parameters.");
      }
      if (names.contains(name)) {
        throw new BadSignatureException("A component is covered twice: " + name);
      }
      names.add(name);
    }
    return List.copyOf(names);
  }

  /** RFC 9421 §2.3: the list as RFC 9651 writes it, whatever blanks the header had. */
  private static String serialized(InnerList covered) {
    StringBuilder text = new StringBuilder("(");
    for (Item item : covered.items()) {
      text.append(text.length() > 1 ? " " : "").append(quoted((String) item.value()));
    }
    text.append(')');
    covered
        .parameters()
        .forEach((name, value) -> text.append(';').append(name).append(written(value)));
    return text.toString();
  }

  private static String written(Object value) {
    if (value instanceof String string) {
      return "=" + quoted(string);
    }
    if (value instanceof Token token) {
      return "=" + token.text();
    }
    return Boolean.TRUE.equals(value) ? "" : "=" + value;
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Whether it covers the component. */
  boolean covers(String component) {
    return components.contains(component);
  }
}
