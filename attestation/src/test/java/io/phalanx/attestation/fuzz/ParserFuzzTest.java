package io.phalanx.attestation.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.phalanx.attestation.AttestationPolicy;
import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.Evidence;
import io.phalanx.attestation.RejectedException;
import io.phalanx.attestation.Terms;
import io.phalanx.attestation.Verdict;
import io.phalanx.attestation.authority.DcapForge;
import io.phalanx.attestation.authority.IasForge;
import io.phalanx.attestation.dcap.Collateral;
import io.phalanx.attestation.dcap.Quote;
import io.phalanx.attestation.ias.IasFile;
import io.phalanx.attestation.ias.IasReport;
import io.phalanx.attestation.verify.Attestor;
import io.phalanx.attestation.x509.Certificate;
import io.phalanx.attestation.x509.Crl;
import io.phalanx.attestation.x509.PckExtension;
import io.phalanx.attestation.x509.Pem;
import io.phalanx.attestation.x509.TrustAnchors;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/**
 * Whatever the bytes are, a parser reads them or rejects them: nothing else is thrown, and no more
 * memory is taken than a few times their length. Inputs worth keeping stand in the resources.
 */
@EnabledForJreRange(max = JRE.JAVA_21) // the fuzzer cannot instrument classes of newer ones
final class ParserFuzzTest {
  private static final Attestor ATTESTOR =
      new Attestor(new TrustAnchors(DcapForge.root(), IasForge.authority()));
  private static final Terms TERMS = Terms.unbound(AttestationPolicy.DEFAULT, DcapForge.NOW);
  private static final Bytes COLLATERAL = DcapForge.sgx().collateral();

  /** A parser under test. */
  private interface Parser {
    Object parse(Bytes input) throws RejectedException;
  }

  private static void run(Parser parser, byte[] input) {
    try {
      parser.parse(Bytes.copyOf(input));
    } catch (RejectedException rejected) {
      if (rejected.sentence().isEmpty()) {
        throw new IllegalStateException("rejected without a word", rejected);
      }
    }
  }

  @FuzzTest
  void quote(byte[] input) {
    run(Quote::parse, input);
    Verdict verdict = ATTESTOR.verify(new Evidence.Dcap(Bytes.copyOf(input), COLLATERAL), TERMS);
    if (verdict == null) {
      throw new IllegalStateException("no verdict");
    }
  }

  @FuzzTest
  void certificate(byte[] input) {
    run(Certificate::parse, input);
  }

  @FuzzTest
  void platformExtension(byte[] input) {
    run(PckExtension::parse, input);
  }

  @FuzzTest
  void revocationList(byte[] input) {
    run(Crl::parse, input);
  }

  @FuzzTest
  void chain(byte[] input) {
    run(bytes -> Pem.certificates(bytes.latin1()), input);
  }

  @FuzzTest
  void collateral(byte[] input) {
    run(bytes -> Collateral.prove(bytes, DcapForge.root()), input);
  }

  @FuzzTest
  void report(byte[] input) {
    run(IasReport::parse, input);
    run(IasFile::parse, input);
  }
}
