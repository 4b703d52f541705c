package io.phalanx.attestation.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.phalanx.attestation.AttestationPolicy;
import io.phalanx.attestation.AttestationPolicy.Exceptions;
import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.Evidence;
import io.phalanx.attestation.RejectReason;
import io.phalanx.attestation.RejectedException;
import io.phalanx.attestation.Terms;
import io.phalanx.attestation.Verdict;
import io.phalanx.attestation.ias.IasFile;
import io.phalanx.attestation.x509.TrustAnchors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Evidence of real machines, each at its own time; skipped where it is not at hand. */
final class RealSamplesTest {
  private static final Attestor ATTESTOR = new Attestor(TrustAnchors.INTEL);

  @TestFactory
  List<DynamicTest> ofDcap() throws IOException {
    Path folder = folder();
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode sample : manifest(folder, "dcap_manifest.json")) {
      tests.add(DynamicTest.dynamicTest(sample.get("id").asText(), () -> dcap(folder, sample)));
    }
    assertThat(tests).isNotEmpty();
    return tests;
  }

  @TestFactory
  List<DynamicTest> ofIas() throws IOException {
    Path folder = folder();
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode sample : manifest(folder, "ias_manifest.json")) {
      tests.add(DynamicTest.dynamicTest(sample.get("id").asText(), () -> ias(folder, sample)));
    }
    assertThat(tests).isNotEmpty();
    return tests;
  }

  private static void dcap(Path folder, JsonNode sample) throws IOException {
    Evidence.Dcap evidence =
        new Evidence.Dcap(
            read(folder, sample.get("quote")), read(folder, sample.get("collateral")));
    // one sample has no time of its own; any within its collateral does
    long epoch = sample.path("evalEpochSeconds").asLong(1_726_000_000);
    boolean hasCrls = sample.get("hasCrls").asBoolean();
    Terms terms = terms(epoch, new Exceptions(false, !hasCrls, false));
    Verdict verdict = ATTESTOR.verify(evidence, terms);
    if (sample.get("expect").asText().equals("REJECT")) {
      boolean isMismatch = sample.get("reason").asText().contains("mismatch");
      RejectReason expected =
          isMismatch
              ? RejectReason.COLLATERAL_IS_OF_ANOTHER_TEE
              : RejectReason.TCB_LEVEL_IS_UNKNOWN;
      assertThat(((Verdict.Rejected) verdict).reason()).isEqualTo(expected);
      return;
    }
    requireAsExpected(sample, (Verdict.Accepted) verdict);
    if (!hasCrls) {
      assertThat(ATTESTOR.verify(evidence, terms(epoch, Exceptions.NONE)))
          .isInstanceOfSatisfying(
              Verdict.Rejected.class,
              strict -> assertThat(strict.reason()).isEqualTo(RejectReason.CRL_IS_MISSING));
    }
    requireNoneBetter(evidence, terms, ((Verdict.Accepted) verdict).tier());
  }

  private static void requireAsExpected(JsonNode sample, Verdict.Accepted verdict) {
    assertThat(verdict.tier()).isEqualTo(sample.get("tier").asInt());
    assertThat(verdict.statusName()).isEqualTo(sample.get("tcbStatus").asText());
    assertThat(verdict.advisories()).isEqualTo(texts(sample.get("advisoryIds")));
    assertThat(verdict.expiresAt())
        .isEqualTo(OffsetDateTime.parse(sample.get("validTo").asText()).toInstant());
    assertThat(verdict.claims().tee().name()).isEqualTo(sample.get("tee").asText());
    assertThat(verdict.claims().measurement().hex())
        .isEqualTo(sample.get("mrEnclaveOrMrTd").asText());
    assertThat(verdict.claims().reportData().hex()).isEqualTo(sample.get("reportData").asText());
    assertThat(verdict.claims().fmspc().orElseThrow())
        .isEqualTo(Bytes.ofHex(sample.get("fmspc").asText()).orElseThrow());
  }

  private static void requireNoneBetter(Evidence.Dcap evidence, Terms terms, int tier) {
    SplittableRandom random = new SplittableRandom(evidence.quote().hashCode());
    for (int i = 0; i < 200; i++) {
      Bytes mutant = Mutants.of(evidence.quote(), random);
      Verdict verdict = ATTESTOR.verify(new Evidence.Dcap(mutant, evidence.collateral()), terms);
      if (verdict instanceof Verdict.Accepted accepted) {
        assertThat(accepted.tier()).isGreaterThanOrEqualTo(tier);
      }
    }
  }

  private static void ias(Path folder, JsonNode sample) throws IOException, RejectedException {
    Evidence.Ias evidence = IasFile.parse(read(folder, sample.get("file")));
    long made = sample.get("timestampEpoch").asLong();
    long last = sample.get("freshUntilEpochPhalaRule").asLong();
    boolean isDebug = sample.get("debug").asBoolean();
    for (long epoch : new long[] {made, last}) {
      Verdict verdict =
          ATTESTOR.verify(evidence, terms(epoch, new Exceptions(isDebug, false, false)));
      Verdict.Accepted accepted = (Verdict.Accepted) verdict;
      assertThat(accepted.tier()).isEqualTo(sample.get("phalaConfidenceLevel").asInt());
      assertThat(accepted.statusName()).isEqualTo(sample.get("quoteStatus").asText());
      assertThat(accepted.advisories()).isEqualTo(texts(sample.get("advisoryIds")));
      assertThat(accepted.claims().isDebug()).isEqualTo(isDebug);
      assertThat(accepted.claims().measurement().hex()).isEqualTo(sample.get("mrEnclave").asText());
      assertThat(accepted.claims().reportData().hex()).isEqualTo(sample.get("reportData").asText());
    }
    Exceptions lenient = new Exceptions(true, true, true);
    assertThat(reason(evidence, terms(last + 1, lenient))).isEqualTo(RejectReason.REPORT_IS_STALE);
    assertThat(reason(evidence, terms(made - 1, lenient)))
        .isEqualTo(RejectReason.REPORT_IS_FROM_THE_FUTURE);
    if (isDebug) {
      assertThat(reason(evidence, terms(made, Exceptions.NONE)))
          .isEqualTo(RejectReason.DEBUG_IS_ENABLED);
    }
  }

  private static RejectReason reason(Evidence evidence, Terms terms) {
    return ((Verdict.Rejected) ATTESTOR.verify(evidence, terms)).reason();
  }

  private static Terms terms(long epoch, Exceptions exceptions) {
    AttestationPolicy policy = AttestationPolicy.DEFAULT.withExceptions(exceptions);
    Instant at = Instant.ofEpochSecond(epoch);
    return new Terms(policy, at, at, Optional.empty());
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static JsonNode manifest(Path folder, String name) throws IOException {
    return new JsonMapper().readTree(Files.readAllBytes(folder.resolve(name)));
  }

  private static Bytes read(Path folder, JsonNode name) throws IOException {
    return Bytes.copyOf(Files.readAllBytes(folder.resolve(name.asText())));
  }

  /** From the property, or beside the project's root. */
  private static Path folder() {
    String given = System.getProperty("phalanx.shared");
    Path folder =
        given != null
            ? Path.of(given, "data", "attestation")
            : Path.of("").toAbsolutePath().resolve("../../shared/data/attestation").normalize();
    assumeTrue(Files.isDirectory(folder), () -> folder + " is not there");
    return folder;
  }
}
