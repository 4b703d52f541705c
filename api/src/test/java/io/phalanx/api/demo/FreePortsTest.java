package io.phalanx.api.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FreePortsTest {
  @Nested
  class Next {
    @Test
    void isBelowThoseOfOutgoingConnectionsAndNotGivenTwice() {
      List<Integer> ports = Stream.generate(new FreePorts(new Random(1))::next).limit(50).toList();
      assertThat(ports).doesNotHaveDuplicates().allMatch(port -> port >= 10_000 && port < 32_000);
    }

    @Test
    void passesOverOneThatIsTaken() throws IOException {
      int first = new FreePorts(new Random(2)).next();
      try (ServerSocket taken = new ServerSocket(first)) {
        assertThat(new FreePorts(new Random(2)).next()).isNotEqualTo(taken.getLocalPort());
      }
    }
  }
}
