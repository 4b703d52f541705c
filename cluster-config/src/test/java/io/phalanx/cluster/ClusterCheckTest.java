package io.phalanx.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterCheckTest {
  @TempDir Path folder;

  private static NodeConfig config(Map<String, String> settings) {
    return new ConfigLoader(Map.of(), settings).load();
  }

  private Map<String, String> complete() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "s".repeat(32));
    return new HashMap<>(
        Map.of(
            "cluster.members",
            "127.0.0.1:5701",
            "store",
            "jdbc:postgresql://h/d",
            "cluster.secret-file",
            secret.toString(),
            "signing-key",
            folder.resolve("key.pem").toString()));
  }

  private static List<String> faults(Map<String, String> settings) {
    return catchThrowableOfType(
            ConfigFaultException.class, () -> ClusterCheck.check(config(settings)))
        .faults();
  }

  @Nested
  class Check {
    @Test
    void hasNothingToSayOfANodeThatIsAlone() {
      assertThatCode(() -> ClusterCheck.check(config(Map.of()))).doesNotThrowAnyException();
    }

    @Test
    void passesWhatIsComplete() throws IOException {
      NodeConfig config = config(complete());

      assertThatCode(() -> ClusterCheck.check(config)).doesNotThrowAnyException();
    }

    @Test
    void namesTheKeysOfAllThatIsMissing() {
      assertThat(faults(Map.of("cluster.members", "127.0.0.1:5701")))
          .satisfiesExactly(
              fault -> assertThat(fault).startsWith("store: "),
              fault -> assertThat(fault).startsWith("signing-key: "),
              fault -> assertThat(fault).startsWith("cluster.secret-file: "));
    }

    @Test
    void namesASecretThatIsShortOrNotThere() throws IOException {
      Map<String, String> settings = complete();
      Files.writeString(folder.resolve("secret"), "short");
      assertThat(faults(settings)).singleElement().asString().contains("at least 32");

      settings.put("cluster.secret-file", folder.resolve("none").toString());
      assertThat(faults(settings)).singleElement().asString().startsWith("cluster.secret-file: ");
    }

    @Test
    void refusesTwoWaysToFindMembers() throws IOException {
      Map<String, String> settings = complete();
      settings.put("cluster.kubernetes-service", "phalanx.x.svc");

      assertThat(faults(settings)).singleElement().asString().startsWith("cluster.members: ");
    }
  }
}
