package io.phalanx.simulator.http;

import io.phalanx.simulator.shape.MinerKey;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How calls prove who sends them: not at all in open mode; else by the API key of their sender, and
 * by the signature (RFC 9421) of the miner that sends them. Each try of a call has a nonce of its
 * own. Safe for any threads.
 */
public final class Keyring {

  /** For a service that asks for nothing. */
  public static final Keyring OPEN = new Keyring("", "", "", InstantSource.system());

  private final String origin;
  private final String adminKey;
  private final String noncePrefix;
  private final InstantSource clock;
  private final AtomicLong nonces = new AtomicLong();
  private final Map<String, String> keys = new ConcurrentHashMap<>();

  private Keyring(String origin, String adminKey, String noncePrefix, InstantSource clock) {
    this.origin = origin;
    this.adminKey = adminKey;
    this.noncePrefix = noncePrefix;
    this.clock = clock;
  }

  /**
   * For a service that asks for keys.
   *
   * @param service where it is
   * @param adminKey with which all others are issued
   * @param runId sets this run's nonces apart from another's
   */
  public static Keyring of(URI service, String adminKey, String runId, InstantSource clock) {
    int usual = "https".equals(service.getScheme()) ? 443 : 80;
    boolean named = service.getPort() > 0 && service.getPort() != usual;
    String authority = service.getHost() + (named ? ":" + service.getPort() : "");
    String origin = service.getScheme() + "://" + authority.toLowerCase(Locale.ROOT);
    String prefix = runId + "-" + Long.toString(clock.millis(), 36) + "-";
    return new Keyring(origin, adminKey, prefix, clock);
  }

  /** Whether the service asks for nothing. */
  public boolean isOpen() {
    return adminKey.isEmpty();
  }

  /** A key that was issued to somebody. */
  public void add(Sender.Role role, String name, String key) {
    keys.put(role + " " + name, key);
  }

  /** Adds what proves the sender of the call. */
  void prove(Call call, MultiMap headers) {
    Sender sender = call.sender();
    if (isOpen()) {
      boolean names = sender.role() == Sender.Role.DEVELOPER || sender.role() == Sender.Role.PAYOUT;
      if (names && !sender.name().isEmpty()) {
        headers.set("X-Developer", sender.name());
      }
      return;
    }
    String key = key(sender);
    if (key != null) {
      headers.set("Authorization", "Bearer " + key);
    }
    if (sender.miner() != null) {
      sign(call, sender.miner(), headers);
    }
  }

  /** There is one payout layer, for whichever developer it moves money. */
  private @Nullable String key(Sender sender) {
    return switch (sender.role()) {
      case OBSERVER -> adminKey;
      case DEVELOPER, OPERATOR -> keys.getOrDefault(sender.role() + " " + sender.name(), adminKey);
      case PAYOUT -> keys.getOrDefault(sender.role() + " ", adminKey);
      case MINER -> null;
    };
  }

  private void sign(Call call, MinerKey miner, MultiMap headers) {
    StringBuilder covered = new StringBuilder("(\"@method\" \"@target-uri\"");
    StringBuilder base = new StringBuilder("\"@method\": ").append(call.method().name());
    base.append("\n\"@target-uri\": ").append(origin).append(call.path()).append('\n');
    if (call.body().length() > 0) {
      headers.set("Content-Digest", digest(call.body()));
      cover("content-digest", headers, covered, base);
    }
    if (!call.idempotencyKey().isEmpty()) {
      cover("idempotency-key", headers, covered, base);
    }
    String parameters =
        covered
            + ");created="
            + clock.millis() / 1_000
            + ";keyid=\""
            + miner.minerId()
            + "\";nonce=\""
            + noncePrefix
            + nonces.incrementAndGet()
            + "\"";
    base.append("\"@signature-params\": ").append(parameters);
    byte[] signature = miner.sign(base.toString().getBytes(StandardCharsets.UTF_8));
    headers.set("Signature-Input", "sig=" + parameters);
    headers.set("Signature", "sig=:" + Base64.getEncoder().encodeToString(signature) + ":");
  }

  private static void cover(
      String name, MultiMap headers, StringBuilder covered, StringBuilder base) {
    covered.append(" \"").append(name).append('"');
    base.append('"').append(name).append("\": ").append(headers.get(name)).append('\n');
  }

  private static String digest(Buffer body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes());
      return "sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
