package io.phalanx.api.auth;

import io.phalanx.api.auth.SignatureCheck.Wanted;
import io.phalanx.api.problem.Problem;
import io.phalanx.api.problem.ProblemKind;
import io.phalanx.scheduler.access.AccessKey;
import io.phalanx.scheduler.access.Caller;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The gate of {@code auth: keys}. Size, known key and rate are looked at before any signature is
 * verified, so that nobody can make the service work for nothing.
 */
public final class KeysGate implements Gate {

  /** The one operation whose signer need not be known yet: it comes with its operator's key. */
  private static final String REGISTRATION = "registerMiner";

  private static final String BEARER = "bearer ";
  private static final Entry ANONYMOUS = new Entry.Admitted(Credentials.ANONYMOUS);

  private final KnownCallers known;
  private final CallerRates rates;
  private final SignatureCheck signatures;

  /** A gate that knows those callers and grants those rates. */
  KeysGate(KnownCallers known, CallerRates rates, SignatureCheck signatures) {
    this.known = known;
    this.rates = rates;
    this.signatures = signatures;
  }

  @Override
  public Entry enter(Head head) {
    List<String> authorizations = head.headers().getAll("Authorization");
    boolean signed =
        head.headers().contains("Signature-Input") || head.headers().contains("Signature");
    if (authorizations.size() > 1) {
      return unauthenticated("There are two Authorization headers.");
    }
    if (!authorizations.isEmpty()) {
      return withKey(head, authorizations.get(0), signed);
    }
    if (signed) {
      return withSignature(head);
    }
    if (!rates.take(head.remote(), head.bodyBytes())) {
      return rateLimited();
    }
    return RoleTable.isPublic(head.operation().id())
        ? ANONYMOUS
        : unauthenticated("Present a key as Authorization: Bearer KEY, or sign the request.");
  }

  private Entry withKey(Head head, String authorization, boolean signed) {
    Optional<Caller> caller =
        authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
            ? holder(authorization.substring(BEARER.length()).strip())
            : Optional.empty();
    if (caller.isEmpty()) {
      return rates.take(head.remote(), head.bodyBytes())
          ? unauthenticated("The key is not known, or it has been revoked.")
          : rateLimited();
    }
    if (!rates.take(caller.get().keyId(), head.bodyBytes())) {
      return rateLimited();
    }
    if (!may(head, caller.get())) {
      return forbidden();
    }
    return signed ? judged(head, caller.get()) : new Entry.Admitted(Credentials.of(caller.get()));
  }

  private Optional<Caller> holder(String text) {
    return ApiKey.parse(text)
        .flatMap(key -> known.key(key.id()).filter(key::opens))
        .map(AccessKey::caller);
  }

  /** Who has presented its key is counted and judged already; the signature is another's. */
  private Entry judged(Head head, Caller caller) {
    boolean newSigner = head.operation().id().equals(REGISTRATION);
    try {
      return signatures.of(
          head,
          SignatureCheck.read(head.headers()),
          new Wanted(caller, newSigner, Entry.Admitted::new, () -> {}));
    } catch (BadSignatureException bad) {
      return unauthenticated(bad.sentence());
    }
  }

  /**
   * Until the signature is verified a claim to a key is counted for the address it comes from, or
   * anybody could use up another's share; and an address whose signatures fail has no more
   * verified.
   */
  private Entry withSignature(Head head) {
    String failures = "fails " + head.remote();
    try {
      SignatureInput input = SignatureCheck.read(head.headers());
      if (!rates.hasLeft(failures)
          || !rates.take(input.keyId() + " claimed by " + head.remote(), head.bodyBytes())) {
        return rateLimited();
      }
      return signatures.of(
          head,
          input,
          new Wanted(
              null,
              false,
              credentials -> verified(head, credentials),
              () -> rates.take(failures, 0)));
    } catch (BadSignatureException bad) {
      return rates.take(head.remote(), head.bodyBytes())
          ? unauthenticated(bad.sentence())
          : rateLimited();
    }
  }

  /** Counts the request of a caller whose signature is verified, and judges its role. */
  private Entry verified(Head head, Credentials credentials) {
    Caller caller = credentials.caller();
    if (caller == null) {
      return unauthenticated("The signer is not known.");
    }
    if (!rates.take(caller.keyId(), head.bodyBytes())) {
      return rateLimited();
    }
    return may(head, caller) ? new Entry.Admitted(credentials) : forbidden();
  }

  private static boolean may(Head head, Caller caller) {
    String operation = head.operation().id();
    return RoleTable.isPublic(operation) || RoleTable.of(operation).of(caller.role()) != Reach.NONE;
  }

  static Entry unauthenticated(String sentence) {
    return new Entry.Refused(Problem.of(ProblemKind.UNAUTHENTICATED, sentence));
  }

  private static Entry forbidden() {
    return new Entry.Refused(
        Problem.of(ProblemKind.FORBIDDEN, "Callers of another role may do this."));
  }

  private static Entry rateLimited() {
    return new Entry.Refused(
        Problem.of(ProblemKind.RATE_LIMITED, "You send more than your share; wait a second."));
  }
}
