package io.phalanx.api.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of a demo with several nodes. */
final class ClusterFlags {
  private static final int MOST_NODES = 9;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "so many nodes, each a process of its own on loopback, on one PostgreSQL"
              + " (${DEFAULT-VALUE})")
  int nodes = 1;

  @Option(
      names = "--store",
      paramLabel = "JDBC-URL",
      description = "the PostgreSQL of several nodes; without it one is started for the demo")
  @Nullable String store;

  @Option(
      names = "--kill-leader",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "with several nodes, the leader is killed half way (${DEFAULT-VALUE})")
  boolean killLeader = true;

  /** What is wrong with them, a sentence each. */
  List<String> faults() {
    if (nodes < 1 || nodes > MOST_NODES) {
      return List.of("--nodes: must be 1 to " + MOST_NODES);
    }
    if (store != null && nodes == 1) {
      return List.of("--store: is for several nodes; give --nodes too");
    }
    return store == null || store.startsWith("jdbc:postgresql:")
        ? List.of()
        : List.of("--store: must be a URL that begins with jdbc:postgresql:");
  }
}
