package io.phalanx.attestation.dcap;

import static io.phalanx.attestation.RejectReason.QE_IS_NOT_GENUINE;
import static io.phalanx.attestation.RejectReason.QE_LEVEL_IS_UNKNOWN;
import static io.phalanx.attestation.RejectReason.TCB_LEVEL_IS_UNKNOWN;
import static io.phalanx.attestation.RejectReason.TDX_MODULE_IS_NOT_GENUINE;
import static io.phalanx.attestation.RejectReason.TDX_MODULE_LEVEL_IS_UNKNOWN;

import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.QuoteStatus;
import io.phalanx.attestation.RejectedException;
import io.phalanx.attestation.x509.PckExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Intel's judgement of one machine: the worst of its platform, its TDX module and its quoting
 * enclave.
 *
 * @param status the worst
 * @param advisories of all three
 */
record Levels(QuoteStatus status, List<String> advisories) {

  /** Finds the levels of all parts. */
  static Levels of(Quote.Body body, Certification certification, Collateral collateral)
      throws RejectedException {
    TcbInfo info = collateral.tcbInfo();
    Optional<TdReport> td =
        body instanceof Quote.Body.Tdx tdx ? Optional.of(tdx.report()) : Optional.empty();
    Rating qe = qe(certification.qeReport(), collateral.qeIdentity());
    Rating platform = platform(certification.platform(), td, info);
    QuoteStatus worst = platform.status("platform").worse(qe.status("quoting enclave"));
    List<Rating> ratings = new ArrayList<>(List.of(platform));
    Optional<Rating> module = td.isPresent() ? module(td.get(), info) : Optional.empty();
    if (module.isPresent()) {
      worst = worst.worse(module.get().status("TDX module"));
      ratings.add(module.get());
    }
    ratings.add(qe);
    // a list with the quoting enclave's advisories alone would pass for a complete one
    return new Levels(worst, info.namesAdvisories() ? Rating.union(ratings) : List.of());
  }

  private static Rating qe(SgxReport report, QeIdentity identity) throws RejectedException {
    if (!identity.describes(report)) {
      throw new RejectedException(
          QE_IS_NOT_GENUINE, "The quoting enclave is not the one that Intel describes.");
    }
    return SvnLevel.best(identity.levels(), report.securityVersion())
        .orElseThrow(
            () ->
                new RejectedException(
                    QE_LEVEL_IS_UNKNOWN,
                    "No level is rated for a quoting enclave of version "
                        + report.securityVersion()
                        + "."));
  }

  private static Rating platform(PckExtension platform, Optional<TdReport> td, TcbInfo info)
      throws RejectedException {
    Optional<Bytes> tdxSvns = td.map(TdReport::tcbSvn);
    for (TcbLevel level : info.levels()) {
      if (level.isReachedBy(platform, tdxSvns)) {
        return level.rating();
      }
    }
    throw new RejectedException(
        TCB_LEVEL_IS_UNKNOWN,
        "No level is rated for a platform with components "
            + platform.componentSvns()
            + tdxSvns.map(svns -> ", TDX " + svns).orElse("")
            + " and PCE "
            + platform.pceSvn()
            + ".");
  }

  /** The first two security versions are of the module: its version and its major version. */
  private static Optional<Rating> module(TdReport report, TcbInfo info) throws RejectedException {
    int version = report.tcbSvn().at(0);
    int major = report.tcbSvn().at(1);
    boolean isNamed = major > 0 && !info.modules().isEmpty();
    Optional<TdxModule> module = isNamed ? named(major, info) : info.module();
    if (module.isEmpty() || !module.get().describes(report)) {
      throw new RejectedException(
          TDX_MODULE_IS_NOT_GENUINE,
          "TDX module " + major + "." + version + " is not one that Intel describes.");
    }
    if (!isNamed) {
      return Optional.empty(); // its versions are among those of the platform's levels
    }
    Optional<Rating> rating = SvnLevel.best(module.get().levels(), version);
    if (rating.isEmpty()) {
      throw new RejectedException(
          TDX_MODULE_LEVEL_IS_UNKNOWN,
          "No level is rated for TDX module " + major + "." + version + ".");
    }
    return rating;
  }

  private static Optional<TdxModule> named(int major, TcbInfo info) {
    String id = String.format(Locale.ROOT, "TDX_%02X", major);
    return info.modules().stream().filter(module -> module.id().equalsIgnoreCase(id)).findFirst();
  }
}
