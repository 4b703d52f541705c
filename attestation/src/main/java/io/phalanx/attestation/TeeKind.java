package io.phalanx.attestation;

/** What kind of trusted environment a quote speaks for; the names go on the wire. */
public enum TeeKind {
  /** An enclave, of Intel SGX. */
  SGX,
  /** A virtual machine, of Intel TDX. */
  TDX
}
