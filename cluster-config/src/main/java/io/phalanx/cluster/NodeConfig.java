package io.phalanx.cluster;

import io.phalanx.scheduler.receipt.KeyFile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a node needs to know before it starts; see {@link Setting} for each value. Made by {@link
 * ConfigLoader}, which has checked all of it.
 *
 * @param nodeId different on every node
 * @param cell one journal, one leader
 * @param listen where HTTP is served
 * @param data folder of the embedded store and of the snapshots
 * @param store JDBC URL; empty for the embedded store
 * @param auth who may call
 * @param signingKey file of the scheduler's private key, unless it is in the data folder
 * @param payoutUrl where settlements are posted to
 * @param payoutFolder where settlements are written to
 * @param settlementPeriod overrides the policy's
 * @param http limits at the border
 * @param tls what HTTPS is served with
 * @param rounds how placement is run
 * @param cluster how it finds the other nodes
 * @param tracing where traces of requests go
 * @param snapshotEvery events from one snapshot to the next
 * @param shutdownGrace longest wait for requests in flight
 */
public record NodeConfig(
    String nodeId,
    String cell,
    Listen listen,
    Path data,
    String store,
    Auth auth,
    Optional<Path> signingKey,
    Optional<URI> payoutUrl,
    Optional<Path> payoutFolder,
    Optional<Duration> settlementPeriod,
    Http http,
    Tls tls,
    Rounds rounds,
    Cluster cluster,
    Tracing tracing,
    long snapshotEvery,
    Duration shutdownGrace) {

  /**
   * An address to listen on.
   *
   * @param port 0 for any free one
   */
  public record Listen(String host, int port) {}

  /** Who may call. */
  public enum Auth {
    /** Everybody who reaches the loopback interface. */
    OPEN,
    /** Who has a key. */
    KEYS
  }

  /**
   * Limits at the border.
   *
   * @param maxBody bytes
   * @param maxReadingsBody bytes, for batches of gas readings
   * @param requestDeadline for headers and body together
   * @param rate requests per second for each caller
   * @param byteRate bytes of bodies per second for each caller
   */
  public record Http(
      int maxBody, int maxReadingsBody, Duration requestDeadline, int rate, int byteRate) {}

  /**
   * What HTTPS is served with: PEM files, both or neither.
   *
   * @param certificate with those between it and its root; empty for none
   * @param key its private key; empty for none
   */
  public record Tls(String certificate, String key) {

    /** Whether HTTPS is served. */
    public boolean isOn() {
      return !certificate.isEmpty() && !key.isEmpty();
    }

    /** Whether one of the two files is missing. */
    public boolean isHalf() {
      return certificate.isEmpty() != key.isEmpty();
    }
  }

  /**
   * How placement is run.
   *
   * @param batchingWindow longest wait for more to arrive
   * @param timeLimit longest that one round is planned
   * @param seed breaks ties
   */
  public record Rounds(Duration batchingWindow, Duration timeLimit, long seed) {}

  /**
   * How a node finds the others of its cluster, if there is one.
   *
   * @param name keeps clusters apart
   * @param host address of the private interface that both of the following listen on
   * @param port of the membership
   * @param busPort of the event bus; 0 for any free one
   * @param members addresses of some members, with their ports
   * @param kubernetesService DNS name of a headless service, instead of members; empty for none
   * @param secretFile what all of them share and nobody else knows
   */
  public record Cluster(
      String name,
      String host,
      int port,
      int busPort,
      List<String> members,
      String kubernetesService,
      Optional<Path> secretFile) {

    public Cluster {
      members = List.copyOf(members);
    }

    /** Whether there are other nodes. */
    public boolean isOn() {
      return !members.isEmpty() || !kubernetesService.isEmpty();
    }
  }

  /**
   * Where traces of requests go.
   *
   * @param collector takes OTLP over HTTP; without one nothing is traced
   * @param permille of the requests that come without a trace of their own
   */
  public record Tracing(Optional<URI> collector, int permille) {}

  /** The file of the scheduler's private key. */
  public Path keyFile() {
    return signingKey.orElseGet(() -> data.resolve(KeyFile.FILE));
  }

  /** Whether the store is the one in the data folder. */
  public boolean isEmbedded() {
    return store.isEmpty();
  }
}
