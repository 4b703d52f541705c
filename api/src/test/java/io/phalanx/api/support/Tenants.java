package io.phalanx.api.support;

import io.phalanx.api.support.ServedNode.Reply;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A node that asks for keys, and those who call it. */
public final class Tenants implements AutoCloseable {
  private final AtomicLong nonces = new AtomicLong();
  private final ServedNode node;
  private final String admin;

  private Tenants(ServedNode node, String admin) {
    this.node = node;
    this.admin = admin;
  }

  /** Starts such a node for the first time, with some settings by key. */
  public static Tenants start(Path folder, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("auth", "keys");
    ServedNode node = ServedNode.startTrusting(folder, all);
    return new Tenants(node, node.node().adminKey().orElseThrow());
  }

  /** The same callers at the node after a restart. */
  public Tenants restarted(Path folder) {
    node.close();
    return new Tenants(ServedNode.startTrusting(folder, Map.of("auth", "keys")), admin);
  }

  /** The same callers at a node that is started again at its port. */
  public static Tenants again(Path folder, int port, String admin) {
    return new Tenants(ServedNode.startAgain(folder, port, Map.of("auth", "keys")), admin);
  }

  /** The node. */
  public ServedNode node() {
    return node;
  }

  /** The first admin key. */
  public String admin() {
    return admin;
  }

  /** A new key. */
  public Reply issue(String role, String name) {
    String body = "{\"role\": \"" + role + "\", \"name\": \"" + name + "\"}";
    return call(admin, "POST", "/v1/keys", body);
  }

  /** What the holder of a new key presents. */
  public String key(String role, String name) {
    Reply issued = issue(role, name);
    if (issued.status() != 201) {
      throw new AssertionError(issued.response().body());
    }
    return issued.text("key");
  }

  /** Calls with a key; empty for none. */
  public Reply call(String key, String method, String path, String body, String... headers) {
    String[] all =
        key.isEmpty()
            ? headers
            : Stream.concat(Stream.of("Authorization", "Bearer " + key), Arrays.stream(headers))
                .toArray(String[]::new);
    return node.call(method, path, body, all);
  }

  /** The headers of a request that is signed now, with a nonce of its own. */
  public String[] signature(Signer signer, String method, String path, String body) {
    long created = System.currentTimeMillis() / 1_000;
    String nonce = "n-" + nonces.incrementAndGet();
    return signer.headers(method, node.node().url() + path, body, created, nonce, "");
  }

  /** Calls with a signature. */
  public Reply signed(Signer signer, String method, String path, String body) {
    return node.call(method, path, body, signature(signer, method, path, body));
  }

  /** Registers a miner with its operator's key, stakes for it and starts it. */
  public void enlist(Signer miner, String operator, String operatorKey, String payoutKey) {
    String body = registration(miner, operator);
    Reply registered =
        call(operatorKey, "POST", "/v1/miners", body, signature(miner, "POST", "/v1/miners", body));
    String path = "/v1/miners/" + miner.keyId();
    String stake = "{\"amount\": \"5000000000000000\", \"reference\": \"bond\"}";
    if (registered.status() != 201
        || call(payoutKey, "PUT", path + "/stake", stake).status() != 200
        || call(operatorKey, "POST", path + "/start", "").status() != 200) {
      throw new AssertionError(registered.response().body());
    }
  }

  /** What a miner registers with. */
  public static String registration(Signer miner, String operator) {
    return """
        {"minerId": "%s", "operator": "%s", "region": "eu", "stake": "7",
         "performance": 1000, "gasPrice": "900", "attestation": {"type": "declared", "tier": 1}}"""
        .formatted(miner.keyId(), operator);
  }

  @Override
  public void close() {
    node.close();
  }
}
