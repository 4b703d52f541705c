package io.phalanx.cluster;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Every key that a node can be configured by. {@code docs/reference/settings.md} shows this table.
 */
public enum Setting {
  NODE_ID("node-id", "node-1", "Name of this node, `[a-z0-9-]{1,64}`; different on every node."),
  CELL("cell", "main", "Name of the cell, which is one journal and one leader; `[a-z0-9-]{1,64}`."),
  LISTEN_HOST(
      "listen.host", "127.0.0.1", "Address to listen on; beyond loopback only with `auth: keys`."),
  LISTEN_PORT("listen.port", "8080", "TCP port, 0 to 65535; 0 takes any free one."),
  DATA(
      "data",
      "data",
      "Folder of the embedded store and the snapshots, made if absent; relative to the working"
          + " directory."),
  STORE("store", "", "JDBC URL of the store; empty for the embedded one in the data folder."),
  AUTH(
      "auth",
      "open",
      "`open` asks no credentials and stays on loopback; `keys` asks them of every caller."),
  SIGNING_KEY(
      "signing-key",
      "",
      "File of the scheduler's private key, PKCS#8 in PEM with mode 0600, made if absent; empty for"
          + " `scheduler-key.pem` in the data folder."),
  PAYOUT_URL(
      "payout.url",
      "",
      "Where closed settlements are posted to, http or https; empty when the payout layer pulls."),
  PAYOUT_FOLDER(
      "payout.folder",
      "",
      "Folder that each closed settlement is written to as a file; with `payout.url` both get it;"
          + " empty for none."),
  SETTLEMENT_PERIOD(
      "settlement-period",
      "",
      "Overrides the policy's settlement period, PT1S to P1D; empty leaves it to the policy."),
  HTTP_MAX_BODY("http.max-body", "65536", "Largest request body in bytes, 1024 to 16777216."),
  HTTP_MAX_READINGS_BODY(
      "http.max-readings-body",
      "1048576",
      "Largest body of a batch of gas readings in bytes, 1024 to 67108864."),
  HTTP_REQUEST_DEADLINE(
      "http.request-deadline",
      "PT12S",
      "How long a request may take to arrive, headers and body, PT0.1S to PT10M."),
  HTTP_RATE(
      "http.rate",
      "1000",
      "Requests per second for each caller, 1 to 1000000; without effect in open mode."),
  HTTP_BYTE_RATE(
      "http.byte-rate",
      "16777216",
      "Bytes of bodies per second for each caller, 65536 to 1073741824; without effect in open"
          + " mode."),
  TLS_CERTIFICATE(
      "tls.certificate",
      "",
      "PEM file of the certificate and those between it and its root; empty for no TLS."),
  TLS_KEY("tls.key", "", "PEM file of the certificate's private key (PKCS 8)."),
  ROUNDS_BATCHING_WINDOW(
      "rounds.batching-window",
      "PT0.05S",
      "Longest that a round waits for more to arrive, PT0S to PT10S; it adapts below that."),
  ROUNDS_TIME_LIMIT(
      "rounds.time-limit", "PT1S", "Longest that one round is planned, PT0.01S to PT10M."),
  ROUNDS_SEED("rounds.seed", "0", "Seed that breaks ties in rounds, any 64-bit integer."),
  CLUSTER_MEMBERS(
      "cluster.members",
      "",
      "Addresses of members, `host:port`, by comma; with it or `cluster.kubernetes-service` the node"
          + " is one of a cluster, which needs a `store` and a `cluster.secret-file`."),
  CLUSTER_KUBERNETES_SERVICE(
      "cluster.kubernetes-service",
      "",
      "DNS name of a headless service whose addresses are the members, instead of"
          + " `cluster.members`."),
  CLUSTER_NAME("cluster.name", "phalanx", "Keeps clusters apart; `[a-z0-9-]{1,64}`."),
  CLUSTER_HOST(
      "cluster.host",
      "127.0.0.1",
      "Address of the private interface where members listen to each other."),
  CLUSTER_PORT("cluster.port", "5701", "TCP port of the membership, 1 to 65535."),
  CLUSTER_BUS_PORT("cluster.bus-port", "0", "TCP port of the event bus; 0 takes any free one."),
  CLUSTER_SECRET_FILE(
      "cluster.secret-file",
      "",
      "File with at least 32 bytes that every node of the cluster has and nobody else."),
  TRACING_OTLP(
      "tracing.otlp",
      "",
      "Where traces of requests are sent by OTLP over HTTP in JSON, such as"
          + " `http://127.0.0.1:4318/v1/traces`; empty traces nothing."),
  TRACING_PERMILLE(
      "tracing.permille",
      "10",
      "How many of 1,000 requests that come without a `traceparent` are traced, 0 to 1000; those"
          + " with one are traced when it says so."),
  SNAPSHOT_EVERY(
      "snapshot.every",
      "25000",
      "Events from one snapshot to the next, 1 to 1000000000, and at most a tenth of the time;"
          + " more make a start slower."),
  SHUTDOWN_GRACE(
      "shutdown-grace",
      "PT10S",
      "Longest that a stop waits for requests in flight, PT0S to PT10M.");

  /** What the names of all environment variables begin with. */
  public static final String ENVIRONMENT_PREFIX = "PHALANX_";

  private final String key;
  private final String defaultValue;
  private final String meaning;

  Setting(String key, String defaultValue, String meaning) {
    this.key = key;
    this.defaultValue = defaultValue;
    this.meaning = meaning;
  }

  /** As in the file and in overrides, levels joined by dots. */
  public String key() {
    return key;
  }

  /** Name of the environment variable: the key in capitals, dots and dashes as underscores. */
  public String environmentName() {
    return ENVIRONMENT_PREFIX + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** As it would be written in the file; empty if there is none. */
  public String defaultValue() {
    return defaultValue;
  }

  /** One sentence with unit and range, in Markdown. */
  public String meaning() {
    return meaning;
  }

  /** The setting with this key, if there is one. */
  public static Optional<Setting> withKey(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key.equals(key)).findFirst();
  }
}
