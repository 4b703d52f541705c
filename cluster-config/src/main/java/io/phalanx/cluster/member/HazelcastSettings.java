package io.phalanx.cluster.member;

import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.NetworkConfig;
import io.phalanx.cluster.NodeConfig;
import java.util.List;
import java.util.Map;

/**
 * Hazelcast as it was measured to notice quickly and to stay quiet: members by address or by the
 * DNS name of a Kubernetes service, one interface, no multicast, and no class deserialized that is
 * not Hazelcast's or Vert.x's own.
 */
public final class HazelcastSettings {
  /** The member attribute that holds the node's name. */
  public static final String NODE = "phalanx-node";

  private static final Map<String, String> PROPERTIES =
      Map.ofEntries(
          Map.entry("hazelcast.heartbeat.interval.seconds", "1"),
          Map.entry("hazelcast.max.no.heartbeat.seconds", "3"),
          Map.entry("hazelcast.wait.seconds.before.join", "0"),
          Map.entry("hazelcast.max.wait.seconds.before.join", "2"),
          Map.entry("hazelcast.merge.first.run.delay.seconds", "5"),
          Map.entry("hazelcast.merge.next.run.delay.seconds", "5"),
          Map.entry("hazelcast.connection.monitor.interval", "100"),
          Map.entry("hazelcast.connection.monitor.max.faults", "1"),
          Map.entry("hazelcast.socket.connect.timeout.seconds", "1"),
          Map.entry("hazelcast.mastership.claim.timeout.seconds", "3"),
          Map.entry("hazelcast.partition.count", "71"),
          Map.entry("hazelcast.operation.call.timeout.millis", "5000"),
          Map.entry("hazelcast.phone.home.enabled", "false"),
          Map.entry("hazelcast.logging.type", "slf4j"),
          Map.entry("hazelcast.shutdownhook.enabled", "false"),
          Map.entry("hazelcast.socket.bind.any", "false"));

  private static final List<String> DESERIALIZED =
      List.of("com.hazelcast.", "io.vertx.", "java.lang.", "java.util.", "[");

  private HazelcastSettings() {}

  /** The configuration of one node. */
  public static Config of(NodeConfig.Cluster cluster, String cell, String node) {
    Config config = new Config();
    config.setClusterName(cluster.name() + "-" + cell);
    PROPERTIES.forEach(config::setProperty);
    config.getMemberAttributeConfig().setAttribute(NODE, node);
    network(config.getNetworkConfig(), cluster);
    JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig();
    DESERIALIZED.forEach(prefix -> filter.getWhitelist().addPrefixes(prefix));
    config.getSerializationConfig().setJavaSerializationFilterConfig(filter);
    maps(config);
    return config;
  }

  private static void network(NetworkConfig network, NodeConfig.Cluster cluster) {
    network.setPort(cluster.port()).setPortAutoIncrement(false).setReuseAddress(true);
    network.getInterfaces().setEnabled(true).addInterface(cluster.host());
    network.setPublicAddress(cluster.host() + ":" + cluster.port());
    JoinConfig join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    if (cluster.kubernetesService().isEmpty()) {
      join.getTcpIpConfig().setEnabled(true).setMembers(cluster.members());
    } else {
      join.getKubernetesConfig()
          .setEnabled(true)
          .setProperty("service-dns", cluster.kubernetesService())
          .setProperty("service-port", Integer.toString(cluster.port()));
    }
  }

  /** What the cluster manager of Vert.x needs, when its own file is not used. */
  private static void maps(Config config) {
    config.addMapConfig(new MapConfig("__vertx.haInfo").setBackupCount(1));
    config.addMapConfig(new MapConfig("__vertx.nodeInfo").setBackupCount(1));
    config.addMultiMapConfig(
        new MultiMapConfig("__vertx.subs").setBackupCount(1).setValueCollectionType("SET"));
  }
}
