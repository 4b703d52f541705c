package io.phalanx.api.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.miner.TierChangeReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page on tiers names every reason for which one changes. */
class AttestationPageTest {
  private static final Pattern ROW =
      Pattern.compile("^\\| `([A-Z][a-z]\\w+)` \\|", Pattern.MULTILINE);

  @Test
  void namesEveryReasonForAChange() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "concepts", "attestation.md"));
    List<String> documented = ROW.matcher(page).results().map(AttestationPageTest::name).toList();
    List<String> coded =
        Arrays.stream(TierChangeReason.values())
            .map(reason -> CoreJson.shown().convertValue(reason, String.class))
            .toList();
    assertThat(documented).containsExactlyInAnyOrderElementsOf(coded);
  }

  private static String name(MatchResult row) {
    return row.group(1);
  }
}
