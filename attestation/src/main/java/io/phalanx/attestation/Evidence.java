package io.phalanx.attestation;

/** What a miner hands in to show what it is; kept as it came, to be judged again later. */
public sealed interface Evidence {

  /** SHA-256 of what the machine itself made: the quote, or the report. */
  Bytes hash();

  /** The name of the kind on the wire. */
  String type();

  /**
   * An Intel DCAP quote with what is needed to judge it.
   *
   * @param quote an SGX quote of version 3 or a TDX quote of version 4 or 5; zeros may follow it
   * @param collateral JSON in the shape of dcap-qvl's {@code QuoteCollateralV3}
   */
  record Dcap(Bytes quote, Bytes collateral) implements Evidence {
    @Override
    public Bytes hash() {
      return quote.sha256();
    }

    @Override
    public String type() {
      return "dcap";
    }

    /** The same quote beside newer collateral. */
    public Dcap withCollateral(Bytes newer) {
      return new Dcap(quote, newer);
    }
  }

  /**
   * A report of Intel's retired attestation service (IAS).
   *
   * @param report the JSON that was signed, to the byte
   * @param signature RSA over it, in base64
   * @param signingCertificate DER of the certificate it was signed under, in base64
   */
  record Ias(Bytes report, String signature, String signingCertificate) implements Evidence {
    @Override
    public Bytes hash() {
      return report.sha256();
    }

    @Override
    public String type() {
      return "ias";
    }
  }
}
