package io.phalanx.attestation;

/** Why evidence is rejected. The names go on the wire: added to, never renamed. */
public enum RejectReason {
  /** The quote is longer than any quote, or ends before its fields do, or goes on after them. */
  QUOTE_IS_MALFORMED,
  /** A version other than SGX 3 and TDX 4 and 5. */
  QUOTE_VERSION_IS_UNSUPPORTED,
  /** Neither SGX nor TDX. */
  TEE_TYPE_IS_UNSUPPORTED,
  /** Signed with something else than ECDSA over P-256. */
  ATTESTATION_KEY_TYPE_IS_UNSUPPORTED,
  /** The quoting enclave is not Intel's. */
  QE_VENDOR_IS_UNKNOWN,
  /** The platform's certificate is neither in the quote nor in the collateral. */
  PCK_CERTIFICATE_IS_MISSING,
  /** The collateral is not JSON of the known shape, or larger than any. */
  COLLATERAL_IS_MALFORMED,
  /** The TCB info is not of a known shape or version. */
  TCB_INFO_IS_MALFORMED,
  /** The identity of the quoting enclave is not of a known shape or version. */
  QE_IDENTITY_IS_MALFORMED,
  /** A certificate cannot be read. */
  CERTIFICATE_IS_MALFORMED,
  /** A revocation list cannot be read. */
  CRL_IS_MALFORMED,
  /** The platform's certificates do not lead to Intel's root. */
  PCK_CHAIN_IS_INVALID,
  /** The certificates of the collateral's signer do not lead to Intel's root. */
  SIGNING_CHAIN_IS_INVALID,
  /** The signature of the TCB info does not fit its text. */
  TCB_INFO_SIGNATURE_IS_INVALID,
  /** The signature of the QE identity does not fit its text. */
  QE_IDENTITY_SIGNATURE_IS_INVALID,
  /** A revocation list is not signed by the authority whose certificates it is about. */
  CRL_IS_INVALID,
  /** The platform did not sign for the quoting enclave. */
  QE_REPORT_SIGNATURE_IS_INVALID,
  /** The quoting enclave did not vouch for the key that signs the quote. */
  ATTESTATION_KEY_IS_NOT_BOUND,
  /** The signature of the quote does not fit it. */
  QUOTE_SIGNATURE_IS_INVALID,
  /** A certificate's time has not come. */
  CERTIFICATE_IS_NOT_YET_VALID,
  /** A certificate's time is over. */
  CERTIFICATE_IS_EXPIRED,
  /** A revocation list's time has not come. */
  CRL_IS_NOT_YET_VALID,
  /** A newer revocation list is due. */
  CRL_IS_EXPIRED,
  /** The TCB info's time has not come. */
  TCB_INFO_IS_NOT_YET_VALID,
  /** Newer TCB info is due. */
  TCB_INFO_IS_EXPIRED,
  /** The QE identity's time has not come. */
  QE_IDENTITY_IS_NOT_YET_VALID,
  /** A newer QE identity is due. */
  QE_IDENTITY_IS_EXPIRED,
  /** The evidence came longer ago than the policy allows. */
  EVIDENCE_IS_TOO_OLD,
  /** A revocation list is missing, and the policy does not allow that. */
  CRL_IS_MISSING,
  /** A certificate was revoked. */
  CERTIFICATE_IS_REVOKED,
  /** The collateral is of the other kind of environment. */
  COLLATERAL_IS_OF_ANOTHER_TEE,
  /** The collateral is of another processor family. */
  FMSPC_DIFFERS,
  /** The collateral is of another provisioning enclave. */
  PCE_ID_DIFFERS,
  /** The quoting enclave is not the one that Intel describes. */
  QE_IS_NOT_GENUINE,
  /** The quoting enclave is older than any that Intel rates. */
  QE_LEVEL_IS_UNKNOWN,
  /** The platform is older than any that Intel rates. */
  TCB_LEVEL_IS_UNKNOWN,
  /** The TDX module is not one that Intel describes. */
  TDX_MODULE_IS_NOT_GENUINE,
  /** The TDX module is older than any that Intel rates. */
  TDX_MODULE_LEVEL_IS_UNKNOWN,
  /** Intel has revoked the level of the platform, its TDX module or its quoting enclave. */
  TCB_IS_REVOKED,
  /** Intel's word for the machine is not in the tier table. */
  STATUS_IS_NOT_ACCEPTED,
  /** Its owner can look into it, and the policy does not allow that. */
  DEBUG_IS_ENABLED,
  /** Bits are set that have no meaning yet. */
  RESERVED_BITS_ARE_SET,
  /** The host may answer for memory that the virtual machine has not accepted. */
  SEPT_VE_IS_NOT_DISABLED,
  /** A service TD is bound, and the policy does not allow that. */
  SERVICE_TD_IS_BOUND,
  /** The program is not on the policy's list. */
  MEASUREMENT_IS_NOT_ALLOWED,
  /** The report data does not begin with the miner's key. */
  MINER_KEY_IS_NOT_BOUND,
  /** The report data does not hold the nonce. */
  NONCE_IS_NOT_BOUND,
  /** The IAS report is not of a known shape, or larger than any. */
  REPORT_IS_MALFORMED,
  /** The certificate of the IAS report was not issued by Intel's authority for them. */
  REPORT_SIGNER_IS_INVALID,
  /** The signature of the IAS report does not fit it. */
  REPORT_SIGNATURE_IS_INVALID,
  /** The IAS report was too old when it was handed in. */
  REPORT_IS_STALE,
  /** The IAS report is from the future. */
  REPORT_IS_FROM_THE_FUTURE,
  /** The IAS report does not tell which platform it is about. */
  PLATFORM_IS_NOT_NAMED
}
