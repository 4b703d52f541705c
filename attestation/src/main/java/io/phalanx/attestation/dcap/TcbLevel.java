package io.phalanx.attestation.dcap;

import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.RejectedException;
import io.phalanx.attestation.json.JsonFields;
import io.phalanx.attestation.x509.PckExtension;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One level of a platform: the security versions it needs at least, and Intel's judgement of it.
 *
 * @param sgx of the 16 parts of the platform
 * @param pceSvn of the provisioning certification enclave
 * @param tdx of the 16 parts of TDX; none in collateral for SGX
 * @param rating the judgement
 */
record TcbLevel(Bytes sgx, int pceSvn, Optional<Bytes> tdx, Rating rating) {

  /** Best first, as Intel's own library orders them; the JSON's order means nothing. */
  static final Comparator<TcbLevel> BEST_FIRST =
      Comparator.comparing((TcbLevel level) -> level.sgx().hex())
          .thenComparing(TcbLevel::pceSvn)
          .thenComparing(level -> level.tdx().map(Bytes::hex).orElse(""))
          .reversed();

  private static final int COMPONENTS = PckExtension.COMPONENTS;
  private static final int MAX_PCE_SVN = 65_535;
  private static final int MAX_SVN = 255;

  /** Reads a level of TCB info version 3. */
  static TcbLevel readV3(JsonFields level, boolean isTdx) throws RejectedException {
    JsonFields tcb = level.object("tcb");
    return new TcbLevel(
        components(tcb, "sgxtcbcomponents"),
        tcb.integer("pcesvn", MAX_PCE_SVN),
        isTdx ? Optional.of(components(tcb, "tdxtcbcomponents")) : Optional.empty(),
        Rating.read(level));
  }

  /** Reads a level of TCB info version 2, which names each part and no advisories. */
  static TcbLevel readV2(JsonFields level) throws RejectedException {
    JsonFields tcb = level.object("tcb");
    byte[] svns = new byte[COMPONENTS];
    for (int i = 0; i < COMPONENTS; i++) {
      String name = String.format(Locale.ROOT, "sgxtcbcomp%02dsvn", i + 1);
      svns[i] = (byte) tcb.integer(name, MAX_SVN);
    }
    return new TcbLevel(
        Bytes.copyOf(svns),
        tcb.integer("pcesvn", MAX_PCE_SVN),
        Optional.empty(),
        Rating.read(level));
  }

  private static Bytes components(JsonFields tcb, String name) throws RejectedException {
    List<JsonFields> parts = tcb.objects(name, COMPONENTS);
    if (parts.size() != COMPONENTS) {
      throw tcb.fault(name, "an array of 16 components");
    }
    byte[] svns = new byte[COMPONENTS];
    for (int i = 0; i < COMPONENTS; i++) {
      svns[i] = (byte) parts.get(i).integer("svn", MAX_SVN);
    }
    return Bytes.copyOf(svns);
  }

  /** Whether a machine has at least these versions. */
  boolean isReachedBy(PckExtension platform, Optional<Bytes> tdxSvns) {
    return platform.pceSvn() >= pceSvn
        && reaches(platform.componentSvns(), sgx)
        && (tdx.isEmpty() || (tdxSvns.isPresent() && reaches(tdxSvns.get(), tdx.get())));
  }

  private static boolean reaches(Bytes svns, Bytes needed) {
    for (int i = 0; i < COMPONENTS; i++) {
      if (svns.at(i) < needed.at(i)) {
        return false;
      }
    }
    return true;
  }
}
