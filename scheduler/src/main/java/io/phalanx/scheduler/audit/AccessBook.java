package io.phalanx.scheduler.audit;

import io.phalanx.scheduler.event.AccessEvent.AdminActed;
import io.phalanx.scheduler.event.AccessEvent.KeyIssued;
import io.phalanx.scheduler.event.AccessEvent.KeyRevoked;
import io.phalanx.scheduler.event.AccessEvent.NonceUsed;
import io.phalanx.scheduler.event.Moment;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** API keys and signed requests: what counts once, and who acts with a key that counts. */
final class AccessBook {

  private final Books books;
  private final Set<String> live = new HashSet<>();
  private final Set<String> everIssued = new HashSet<>();
  private final Map<String, Long> nonces = new HashMap<>();

  AccessBook(Books books) {
    this.books = books;
  }

  void take(KeyIssued event) {
    books.findings.check(
        everIssued.add(event.keyId()), 3, () -> "a second API key " + event.keyId());
    live.add(event.keyId());
  }

  void take(KeyRevoked event) {
    books.findings.check(
        live.remove(event.keyId()), 3, () -> "no live API key " + event.keyId() + " to revoke");
  }

  void take(NonceUsed event, Moment moment) {
    String request = event.keyId() + " " + event.nonce();
    Long until = nonces.put(request, event.untilMs());
    books.findings.check(
        until == null || until <= moment.atMs(), 3, () -> "a signed request twice: " + request);
    books.findings.check(
        event.untilMs() > moment.atMs(), 3, () -> "a nonce that is forgotten at once: " + request);
  }

  void take(AdminActed event) {
    boolean known = event.keyId().isEmpty() || live.contains(event.keyId());
    boolean revokedItself =
        event.action().equals("revokeKey") && event.subject().equals(event.keyId());
    books.findings.check(
        known || revokedItself, 3, () -> "an admin without a key acts: " + event.keyId());
  }
}
