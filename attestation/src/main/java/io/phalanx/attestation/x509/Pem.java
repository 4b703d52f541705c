package io.phalanx.attestation.x509;

import static io.phalanx.attestation.RejectReason.CERTIFICATE_IS_MALFORMED;

import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.RejectedException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Certificates in PEM (RFC 7468), one after the other. */
public final class Pem {
  /** A leaf, its authority, the root, and one more than Intel has ever used. */
  public static final int MAX_CERTIFICATES = 4;

  private static final int MAX_LENGTH = 32_768;
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";

  private Pem() {}

  /** Reads all of a text; between certificates there may be white space, and NULs at its end. */
  public static List<Certificate> certificates(String text) throws RejectedException {
    if (text.length() > MAX_LENGTH) {
      throw fault("The certificates have more than " + MAX_LENGTH + " characters.");
    }
    List<Certificate> certificates = new ArrayList<>();
    int at = blank(text, 0);
    while (at < text.length()) {
      int from = at + BEGIN.length();
      int to = text.startsWith(BEGIN, at) ? text.indexOf(END, from) : -1;
      if (to < 0 || certificates.size() == MAX_CERTIFICATES) {
        throw fault("The certificates are not " + MAX_CERTIFICATES + " or fewer in PEM.");
      }
      certificates.add(Certificate.parse(decode(text.substring(from, to))));
      at = blank(text, to + END.length());
    }
    return certificates;
  }

  private static int blank(String text, int from) {
    int at = from;
    while (at < text.length()
        && (text.charAt(at) == 0 || Character.isWhitespace(text.charAt(at)))) {
      at++;
    }
    return at;
  }

  private static Bytes decode(String lines) throws RejectedException {
    try {
      String digits = lines.replace("\n", "").replace("\r", "").strip();
      return Bytes.copyOf(Base64.getDecoder().decode(digits));
    } catch (IllegalArgumentException notBase64) {
      throw fault("A certificate is not base64.");
    }
  }

  private static RejectedException fault(String sentence) {
    return new RejectedException(CERTIFICATE_IS_MALFORMED, sentence);
  }
}
