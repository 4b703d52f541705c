package io.phalanx.attestation.authority;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.Evidence;
import io.phalanx.attestation.x509.RsaKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Makes IAS reports from an authority of its own. Whatever a test does not change is as good as a
 * report can be: tier 1 at {@link #MADE}.
 */
public final class IasForge {
  /** When the reports are made. */
  public static final Instant MADE = Instant.parse("2026-01-15T12:00:00Z");

  private static final Signer.Rsa AUTHORITY = Signer.Rsa.named("report authority");
  private static final Signer.Rsa SIGNER = Signer.Rsa.named("report signer");
  private static final String AUTHORITY_NAME = "Intel SGX Attestation Report Signing CA";

  private final List<Consumer<ObjectNode>> reportChanges = new ArrayList<>();
  private final List<Consumer<byte[]>> quoteChanges = new ArrayList<>();
  private UnaryOperator<CertificateOrder> certificateChange = UnaryOperator.identity();

  private IasForge() {}

  /** A report of version 4. */
  public static IasForge report() {
    return new IasForge();
  }

  /** What trusts this authority. */
  public static RsaKey authority() {
    return RsaKey.of(AUTHORITY.modulus(), AUTHORITY.exponent()).orElseThrow();
  }

  /** Changes the report before it is signed. */
  public IasForge json(Consumer<ObjectNode> change) {
    reportChanges.add(change);
    return this;
  }

  /** Changes the quote in it, whose body begins at 48. */
  public IasForge quote(Consumer<byte[]> change) {
    quoteChanges.add(change);
    return this;
  }

  /** Changes the signer's certificate. */
  public IasForge certificate(UnaryOperator<CertificateOrder> change) {
    certificateChange = change;
    return this;
  }

  /** The evidence. */
  public Evidence.Ias issue() {
    byte[] quote = new byte[432];
    quote[0] = 2;
    quote[2] = 1;
    quote[48 + 48] = 0x05;
    quote[48 + 64] = 0x5E;
    quoteChanges.forEach(change -> change.accept(quote));
    ObjectNode report =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", "1")
            .put("timestamp", "2026-01-15T12:00:00.123456")
            .put("version", 4)
            .put("epidPseudonym", "cHNldWRvbnlt")
            .put("isvEnclaveQuoteStatus", "OK")
            .put("isvEnclaveQuoteBody", Base64.getEncoder().encodeToString(quote));
    reportChanges.forEach(change -> change.accept(report));
    Bytes text = Bytes.utf8(report.toString());
    return new Evidence.Ias(
        text,
        Base64.getEncoder().encodeToString(SIGNER.signDer(text).toArray()),
        Base64.getEncoder().encodeToString(certificate().toArray()));
  }

  private Bytes certificate() {
    CertificateOrder order =
        new CertificateOrder(
            "Intel SGX Attestation Report Signing",
            AUTHORITY_NAME,
            7,
            DcapForge.FIRST,
            DcapForge.LAST,
            false,
            CertificateOrder.FOR_SIGNERS,
            SIGNER,
            AUTHORITY,
            Optional.empty(),
            Optional.empty());
    return certificateChange.apply(order).issue();
  }
}
