package io.phalanx.loadtests.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What is only compared with must not be shipped. */
final class ShippedJarTest {
  private static final Path JAR = Path.of("..", "api", "target", "phalanx.jar");
  private static final List<String> PEERS =
      List.of(
          "ai/timefold/",
          "com/netflix/fenzo/",
          "com/google/ortools/",
          "com/google/protobuf/",
          "org/apache/mesos/",
          "org/openjdk/jmh/",
          "com/sun/jna/",
          "io/phalanx/loadtests/");

  @Test
  void holdsNothingOfThePeers() throws IOException {
    Assumptions.assumeTrue(Files.exists(JAR), "the jar has not been packaged");
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(jar.stream().map(entry -> entry.getName()))
          .isNotEmpty()
          .noneMatch(name -> PEERS.stream().anyMatch(name::startsWith));
    }
  }
}
