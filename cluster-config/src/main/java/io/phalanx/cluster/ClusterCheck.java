package io.phalanx.cluster;

import io.phalanx.cluster.member.ClusterSecret;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a node of a cluster needs beside its own settings, each of which may be right by itself. */
public final class ClusterCheck {
  private ClusterCheck() {}

  /**
   * Returns if the node is alone, or has all it needs among others.
   *
   * @throws ConfigFaultException naming all faults
   */
  public static void check(NodeConfig config) {
    List<String> faults = new ArrayList<>();
    if (config.cluster().isOn()) {
      together(config, faults);
      signingKey(config, faults);
      secret(config.cluster().secretFile(), faults);
    }
    if (!faults.isEmpty()) {
      throw new ConfigFaultException(faults);
    }
  }

  private static void together(NodeConfig config, List<String> faults) {
    NodeConfig.Cluster cluster = config.cluster();
    if (!cluster.members().isEmpty() && !cluster.kubernetesService().isEmpty()) {
      faults.add(
          Setting.CLUSTER_MEMBERS.key()
              + ": must be empty beside "
              + Setting.CLUSTER_KUBERNETES_SERVICE.key());
    }
    if (config.isEmbedded()) {
      faults.add(
          Setting.STORE.key() + ": must be given in a cluster, the embedded one is for one node");
    }
  }

  /** What is signed of a settlement is the same on all nodes, and whoever leads delivers it. */
  private static void signingKey(NodeConfig config, List<String> faults) {
    if (config.signingKey().isEmpty()) {
      faults.add(
          Setting.SIGNING_KEY.key() + ": must be given in a cluster, the same file on all nodes");
    }
  }

  private static void secret(Optional<Path> file, List<String> faults) {
    String key = Setting.CLUSTER_SECRET_FILE.key();
    if (file.isEmpty()) {
      faults.add(key + ": must be given in a cluster");
      return;
    }
    try {
      ClusterSecret.read(file.get());
    } catch (UncheckedIOException e) {
      faults.add(key + ": " + file.get() + " cannot be read");
    } catch (IllegalArgumentException e) {
      faults.add(key + ": " + e.getMessage());
    }
  }
}
