package io.phalanx.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page on attestation says what the code says. */
final class AttestationDocsTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "attestation.md");

  private static List<Matcher> rows(String section, String pattern) throws IOException {
    List<Matcher> rows = new ArrayList<>();
    String after = Files.readString(PAGE).split("\n## " + section + "\n", 2)[1];
    for (String line : after.split("\n## ", 2)[0].split("\n", -1)) {
      Matcher row = Pattern.compile(pattern).matcher(line);
      if (row.matches()) {
        rows.add(row);
      }
    }
    return rows;
  }

  @Test
  void namesEveryReasonInItsOrder() throws IOException {
    List<String> documented = new ArrayList<>();
    rows("Reasons", "\\| `([A-Z_]+)` \\| .+ \\|").forEach(row -> documented.add(row.group(1)));
    List<String> coded = new ArrayList<>();
    EnumSet.allOf(RejectReason.class).forEach(reason -> coded.add(reason.name()));
    assertThat(documented).isEqualTo(coded);
  }

  @Test
  void givesEveryStatusItsTier() throws IOException {
    Map<String, String> documented = new TreeMap<>();
    rows("Tiers", "\\| (\\d) \\| ([A-Za-z, ]+) \\| ([A-Z_, ]+) \\| (any|listed|other) \\|")
        .forEach(
            row -> {
              for (String status : (row.group(2) + ", " + row.group(3)).split(", ", -1)) {
                documented.put(status + " " + row.group(4), row.group(1));
              }
            });
    Map<String, String> coded = new TreeMap<>();
    for (QuoteStatus status : QuoteStatus.values()) {
      int listed = tier(status, "INTEL-SA-00219");
      int other = tier(status, "INTEL-SA-99999");
      for (String name : names(status)) {
        if (listed == other) {
          coded.put(name + " any", Integer.toString(listed));
        } else {
          coded.put(name + " listed", Integer.toString(listed));
          coded.put(name + " other", Integer.toString(other));
        }
      }
    }
    assertThat(documented).isEqualTo(coded);
  }

  private static int tier(QuoteStatus status, String advisory) {
    return TierTable.PHALA.tier(status, Optional.of(List.of(advisory)));
  }

  private static Set<String> names(QuoteStatus status) {
    Set<String> names = new TreeSet<>(Set.of(status.dcapName()));
    if (!status.iasName().isEmpty()) {
      names.add(status.iasName());
    }
    return names;
  }

  @Test
  void givesThePolicyItsDefaults() throws IOException {
    Map<String, String> documented = new TreeMap<>();
    rows("Policy", "\\| `([a-zA-Z.]+)` \\| (\\S+)( \\(P\\))? \\| .+ \\|")
        .forEach(row -> documented.put(row.group(1), row.group(2)));
    AttestationPolicy policy = AttestationPolicy.DEFAULT;
    assertThat(documented)
        .isEqualTo(
            Map.of(
                "tiers.allowedAdvisories",
                String.join(",", new TreeSet<>(policy.tiers().allowedAdvisories())),
                "measurements",
                policy.measurements().isEmpty() ? "any" : "listed",
                "maximumAge",
                policy.maximumAge().toString(),
                "iasFreshness",
                policy.iasFreshness().toString(),
                "grace",
                policy.grace().toString(),
                "exceptions.debug",
                Boolean.toString(policy.exceptions().debug()),
                "exceptions.missingCrls",
                Boolean.toString(policy.exceptions().missingCrls()),
                "exceptions.serviceTd",
                Boolean.toString(policy.exceptions().serviceTd())));
  }
}
