package io.phalanx.api.problem;

import java.util.Locale;

/**
 * Why a request was refused: the NAME in {@code /problems/NAME}, and the status it usually has.
 *
 * <p>Names go on the wire: add, never rename.
 */
public enum ProblemKind {
  MALFORMED(400, "The request cannot be read", "It is not well-formed HTTP or JSON."),
  INVALID(422, "The request is not valid", "It can be read, but fields or parameters are wrong."),
  UNAUTHENTICATED(401, "Credentials are missing or wrong", "Present a key or a signature."),
  REPLAYED(401, "This signed request was seen before", "Sign again with a new nonce."),
  FORBIDDEN(403, "Not allowed for this role", "Another role may make this call."),
  NOT_FOUND(404, "Not found", "It does not exist, or it is not the caller's."),
  CONFLICT(409, "In conflict with the present state", "Look at the resource and decide again."),
  STALE_EPOCH(409, "Not the epoch of the assignment", "The assignment has moved on; stop work."),
  INSUFFICIENT_BALANCE(422, "The balance is too low", "Deposit first, or ask for less."),
  QUOTE_EXPIRED(409, "The quote has expired", "Ask for a new quote."),
  NOT_PLACEABLE(409, "Cannot be placed now", "The explanation says what stands against it."),
  QUOTA_EXCEEDED(429, "A quota is used up", "End something first, or ask for a larger quota."),
  RATE_LIMITED(429, "Too many requests", "Wait as Retry-After says."),
  TOO_LARGE(413, "The request is too large", "The limits are in the API's documentation."),
  KEY_REUSED(422, "The key was used for something else", "Use a new key for a new request."),
  EVIDENCE_REJECTED(422, "The attestation evidence is refused", "The member 'reason' says why."),
  GUARD_FAILED(422, "A requirement is not met", "The members 'required' and 'actual' say which."),
  NO_LEADER(503, "No leader took the request", "A 503 was not done; a 504 may have been."),
  POSITION_NOT_REACHED(504, "The state is not that new yet", "Repeat, or ask another node."),
  STREAM_EXPIRED(410, "The stream's past is no longer kept", "Read the resources, then go on.");

  private final int status;
  private final String title;
  private final String advice;
  private final String wireName;

  ProblemKind(int status, String title, String advice) {
    this.status = status;
    this.title = title;
    this.advice = advice;
    this.wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The NAME, such as {@code not-found}. */
  public String wireName() {
    return wireName;
  }

  /** The value of the member {@code type}. */
  public String type() {
    return "/problems/" + wireName;
  }

  /** The HTTP status a problem of this kind has unless it says otherwise. */
  public int status() {
    return status;
  }

  /** The same short sentence for every problem of this kind. */
  public String title() {
    return title;
  }

  /** What to do about it, in a sentence. */
  public String advice() {
    return advice;
  }
}
