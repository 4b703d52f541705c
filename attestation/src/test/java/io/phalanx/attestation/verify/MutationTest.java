package io.phalanx.attestation.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.Evidence;
import io.phalanx.attestation.Terms;
import io.phalanx.attestation.Verdict;
import io.phalanx.attestation.authority.DcapForge;
import io.phalanx.attestation.authority.IasForge;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No changed byte ever makes evidence better, or says something else of the program. */
final class MutationTest {
  private static final long SEED = Long.getLong("phalanx.seed", 20_260_115L);
  private static final Attestor ATTESTOR = Attestors.fresh();

  /** Everything is allowed, so that only the proof stands between a mutant and its acceptance. */
  private static final Terms TERMS = Terms.unbound(Policies.LENIENT, DcapForge.NOW);

  private static final List<String> FLAWED = List.of("OutOfDate", "INTEL-SA-00615");

  static List<Evidence.Dcap> quotes() {
    return List.of(
        DcapForge.sgx().rated(FLAWED.get(0), FLAWED.get(1)).issue(),
        DcapForge.tdx().rated(FLAWED.get(0), FLAWED.get(1)).followedBy(new int[9]).issue(),
        DcapForge.td15().rated(FLAWED.get(0), FLAWED.get(1)).issue());
  }

  private static void mutateEach(
      Bytes whole, int step, Function<Bytes, Evidence> evidence, Evidence original) {
    Verdict.Accepted before = (Verdict.Accepted) ATTESTOR.verify(original, TERMS);
    SplittableRandom random = new SplittableRandom(SEED);
    for (int at = random.nextInt(step); at < whole.length(); at += step) {
      byte[] mutant = whole.toArray();
      int flip = 1 + random.nextInt(255);
      mutant[at] ^= (byte) flip;
      Verdict verdict = ATTESTOR.verify(evidence.apply(Bytes.copyOf(mutant)), TERMS);
      if (verdict instanceof Verdict.Accepted after) {
        assertThat(after.tier())
            .as("byte %d flipped by %d, seed %d", at, flip, SEED)
            .isGreaterThanOrEqualTo(before.tier());
        assertThat(after.claims()).isEqualTo(before.claims());
        assertThat(after.expiresAt()).isEqualTo(before.expiresAt());
        assertThat(after.platform()).isEqualTo(before.platform());
        assertThat(after.advisories()).isEqualTo(before.advisories());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("quotes")
  void ofAQuoteNeverHelps(Evidence.Dcap original) {
    mutateEach(
        original.quote(), 1, mutant -> new Evidence.Dcap(mutant, original.collateral()), original);
  }

  @Test
  void ofCollateralNeverHelps() {
    Evidence.Dcap original = quotes().get(1);
    mutateEach(
        original.collateral(), 7, mutant -> new Evidence.Dcap(original.quote(), mutant), original);
  }

  @Test
  void ofAReportNeverHelps() {
    Evidence.Ias original =
        IasForge.report()
            .json(json -> json.put("isvEnclaveQuoteStatus", "GROUP_OUT_OF_DATE"))
            .issue();
    mutateEach(
        original.report(),
        1,
        mutant -> new Evidence.Ias(mutant, original.signature(), original.signingCertificate()),
        original);
    mutateEach(
        Bytes.utf8(original.signature()),
        1,
        mutant ->
            new Evidence.Ias(original.report(), mutant.latin1(), original.signingCertificate()),
        original);
    mutateEach(
        Bytes.utf8(original.signingCertificate()),
        1,
        mutant -> new Evidence.Ias(original.report(), original.signature(), mutant.latin1()),
        original);
  }

  /** Bytes left out, doubled, swapped or written over, anywhere at once. */
  @Test
  void ofAnyKindNeverThrows() {
    SplittableRandom random = new SplittableRandom(SEED);
    List<Evidence.Dcap> originals = new ArrayList<>(quotes());
    for (int i = 0; i < 3_000; i++) {
      Evidence.Dcap original = originals.get(random.nextInt(originals.size()));
      boolean inQuote = random.nextBoolean();
      Bytes quote = inQuote ? Mutants.of(original.quote(), random) : original.quote();
      Bytes collateral =
          inQuote ? original.collateral() : Mutants.of(original.collateral(), random);
      Verdict verdict = ATTESTOR.verify(new Evidence.Dcap(quote, collateral), TERMS);
      if (verdict instanceof Verdict.Accepted accepted) {
        assertThat(accepted.tier()).as("mutant %d of seed %d", i, SEED).isEqualTo(5);
      }
    }
  }
}
