package io.phalanx.api.cli;

import io.phalanx.attestation.AttestationPolicy;
import io.phalanx.attestation.AttestationPolicy.Exceptions;
import io.phalanx.attestation.Binding;
import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.Evidence;
import io.phalanx.attestation.RejectedException;
import io.phalanx.attestation.Terms;
import io.phalanx.attestation.Verdict;
import io.phalanx.attestation.ias.IasFile;
import io.phalanx.attestation.verify.Attestor;
import io.phalanx.attestation.x509.TrustAnchors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code phalanx attest}: what one piece of evidence proves at one time. */
@Command(
    name = "attest",
    description = "Verifies a DCAP quote or an IAS report and tells its tier.",
    mixinStandardHelpOptions = true)
final class AttestCommand implements Callable<Integer> {

  /** No more is read of a file; it is longer than any evidence may be. */
  private static final int MAX_FILE = 2_097_152;

  /** The year 9999; RFC 3339 has no later one. */
  private static final long MAX_EPOCH = 253_402_300_799L;

  private final TrustAnchors anchors;

  @Mixin private Output output = new Output();

  @ArgGroup(multiplicity = "1")
  private Given given = new Given();

  @Option(
      names = "--at",
      required = true,
      paramLabel = "EPOCH",
      description = "The time it is judged for, Unix seconds.")
  private long atEpoch;

  @Option(names = "--allow-debug", description = "Accept what its owner can look into.")
  private boolean allowDebug;

  @Option(
      names = "--miner-key",
      paramLabel = "HEX",
      description = "Ed25519 public key that the report data must begin with.")
  private @Nullable String minerKey;

  /** That trusts Intel. */
  AttestCommand() {
    this(TrustAnchors.INTEL);
  }

  /** That trusts somebody else. */
  AttestCommand(TrustAnchors anchors) {
    this.anchors = anchors;
  }

  /** One of two kinds of evidence. */
  static final class Given {
    @ArgGroup(exclusive = false)
    private @Nullable Dcap dcap;

    @Option(
        names = "--ias",
        paramLabel = "F",
        description = "JSON with raReport, signature and rawSigningCert.")
    private @Nullable Path ias;
  }

  /** A quote and what belongs to it. */
  static final class Dcap {
    @Option(names = "--quote", required = true, paramLabel = "F", description = "The quote.")
    private @Nullable Path quote;

    @Option(
        names = "--collateral",
        required = true,
        paramLabel = "F",
        description = "Its collateral, JSON in the shape of dcap-qvl.")
    private @Nullable Path collateral;

    @Option(
        names = "--allow-missing-crls",
        description = "Accept collateral that lacks a revocation list.")
    private boolean allowMissingCrls;

    @Option(names = "--allow-service-td", description = "Accept a bound service TD.")
    private boolean allowServiceTd;
  }

  @Override
  public Integer call() {
    try {
      Terms terms = terms();
      return print(new Attestor(anchors).verify(evidence(), terms));
    } catch (RejectedException malformed) {
      return print(
          new Verdict.Rejected(malformed.reason(), malformed.sentence(), Optional.empty()));
    } catch (IOException unreadable) {
      output.err().println("attest: cannot read " + unreadable.getMessage());
      return ExitCode.USAGE;
    } catch (IllegalArgumentException wrong) {
      output.err().println("attest: " + wrong.getMessage());
      return ExitCode.USAGE;
    }
  }

  private Terms terms() {
    if (atEpoch < 0 || atEpoch > MAX_EPOCH) {
      throw new IllegalArgumentException("--at is Unix seconds within 0 and " + MAX_EPOCH);
    }
    Dcap dcap = given.dcap;
    Exceptions exceptions =
        new Exceptions(
            allowDebug, dcap != null && dcap.allowMissingCrls, dcap != null && dcap.allowServiceTd);
    AttestationPolicy policy = AttestationPolicy.DEFAULT.withExceptions(exceptions);
    Instant at = Instant.ofEpochSecond(atEpoch);
    return new Terms(policy, at, at, binding());
  }

  private Optional<Binding> binding() {
    String digits = minerKey;
    if (digits == null) {
      return Optional.empty();
    }
    Bytes key =
        Bytes.ofHex(digits)
            .filter(bytes -> bytes.length() == Binding.LENGTH)
            .orElseThrow(
                () -> new IllegalArgumentException("--miner-key is 64 hexadecimal digits"));
    return Optional.of(Binding.toKey(key));
  }

  private Evidence evidence() throws IOException, RejectedException {
    Dcap dcap = given.dcap;
    Path ias = given.ias;
    if (dcap != null && dcap.quote != null && dcap.collateral != null) {
      return new Evidence.Dcap(read(dcap.quote), read(dcap.collateral));
    }
    if (ias != null) {
      return IasFile.parse(read(ias));
    }
    throw new IllegalStateException("picocli has checked that one kind of evidence is named");
  }

  private static Bytes read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Bytes.copyOf(in.readNBytes(MAX_FILE));
    }
  }

  private int print(Verdict verdict) {
    AttestView view = AttestView.of(verdict);
    if (output.isJson()) {
      if (verdict instanceof Verdict.Rejected rejected) {
        output.err().println("attest: " + rejected.sentence());
      }
      output.out().println(new JsonMapper().writeValueAsString(view));
    } else {
      output.out().println(view.sentence(verdict));
    }
    output.out().flush();
    return verdict instanceof Verdict.Accepted ? ExitCode.DONE : ExitCode.FAILED;
  }
}
