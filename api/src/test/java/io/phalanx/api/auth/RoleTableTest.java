package io.phalanx.api.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.api.contract.Operation;
import io.phalanx.api.support.DescribedAnswers;
import io.phalanx.api.support.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RoleTableTest {
  @Test
  void isWhatTheDocumentsShow() throws IOException {
    String table =
        TestServer.CONTRACT.operations().stream()
            .map(RoleTableTest::row)
            .collect(Collectors.joining());
    assertThat(Files.readString(Path.of("..", "docs", "reference", "roles.md"))).contains(table);
  }

  @Test
  void keepsWhatItDoesNotKnowForAdmins() {
    RoleTable.Row row = RoleTable.of("surelyUnknown");
    assertThat(row.admin()).isEqualTo(Reach.ALL);
    assertThat(row.developer()).isEqualTo(Reach.NONE);
    assertThat(row.payout()).isEqualTo(Reach.NONE);
    assertThat(RoleTable.isPublic("surelyUnknown")).isFalse();
  }

  @Test
  void isWhyACallIsRefusedAsItsDescriptionSays() {
    assertThat(TestServer.CONTRACT.operations())
        .filteredOn(operation -> !RoleTable.isPublic(operation.id()))
        .hasSizeGreaterThan(40)
        .allSatisfy(
            operation ->
                assertThat(DescribedAnswers.statuses(operation))
                    .as(operation.id())
                    .contains("401", "403", "429"));
  }

  private static String row(Operation operation) {
    String call = "| `" + operation.method() + " " + operation.path() + "` | ";
    if (RoleTable.isPublic(operation.id())) {
      return call + "everybody, without a key | | | | |\n";
    }
    RoleTable.Row row = RoleTable.of(operation.id());
    return call
        + String.join(
            " | ",
            row.developer().word(),
            row.operator().word(),
            row.miner().word(),
            row.payout().word(),
            row.admin().word())
        + " |\n";
  }
}
