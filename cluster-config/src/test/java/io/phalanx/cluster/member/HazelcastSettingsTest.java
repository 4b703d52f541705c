package io.phalanx.cluster.member;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import io.phalanx.cluster.NodeConfig;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HazelcastSettingsTest {
  private static Config of(List<String> members, String service) {
    NodeConfig.Cluster cluster =
        new NodeConfig.Cluster("phalanx", "10.1.2.3", 5701, 0, members, service, Optional.empty());
    return HazelcastSettings.of(cluster, "eu", "node-7");
  }

  @Nested
  class Of {
    private final Config config = of(List.of("10.1.2.3:5701", "10.1.2.4:5701"), "");
    private final JoinConfig join = config.getNetworkConfig().getJoin();

    @Test
    void joinsNobodyButTheMembers() {
      assertThat(join.getTcpIpConfig().getMembers())
          .containsExactly("10.1.2.3:5701", "10.1.2.4:5701");
      assertThat(join.getMulticastConfig().isEnabled()).isFalse();
      assertThat(join.getAutoDetectionConfig().isEnabled()).isFalse();
      assertThat(join.getKubernetesConfig().isEnabled()).isFalse();
    }

    @Test
    void keepsCellsApart() {
      assertThat(config.getClusterName()).isEqualTo("phalanx-eu");
    }

    @Test
    void listensOnOneInterfaceAndOnePort() {
      assertThat(config.getNetworkConfig().getInterfaces().getInterfaces())
          .containsExactly("10.1.2.3");
      assertThat(config.getNetworkConfig().isPortAutoIncrement()).isFalse();
      assertThat(config.getProperty("hazelcast.socket.bind.any")).isEqualTo("false");
    }

    @Test
    void deserializesNothingButItsOwn() {
      assertThat(
              config
                  .getSerializationConfig()
                  .getJavaSerializationFilterConfig()
                  .getWhitelist()
                  .isListed("org.evil.Gadget"))
          .isFalse();
    }

    @Test
    void findsMembersByTheNameOfAService() {
      JoinConfig kubernetes = of(List.of(), "phalanx.default.svc").getNetworkConfig().getJoin();

      assertThat(kubernetes.getKubernetesConfig().getProperty("service-dns"))
          .isEqualTo("phalanx.default.svc");
      assertThat(kubernetes.getTcpIpConfig().isEnabled()).isFalse();
    }
  }
}
