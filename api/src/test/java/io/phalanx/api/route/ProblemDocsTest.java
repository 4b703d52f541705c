package io.phalanx.api.route;

import io.phalanx.api.problem.ProblemKind;
import io.phalanx.api.support.DocumentedTable;
import io.phalanx.scheduler.decision.Refusal;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of problems is the code's own table. */
class ProblemDocsTest {
  @Test
  void saysOfEveryProblemWhatItIsAndWhichRefusalsAreShownAsIt() throws IOException {
    DocumentedTable.isMadeOf(
        Arrays.stream(ProblemKind.values())
            .map(
                kind ->
                    "| `%s` | %d | %s | %s | %s |"
                        .formatted(
                            kind.wireName(),
                            kind.status(),
                            kind.title(),
                            kind.advice(),
                            refusals(kind)))
            .toList(),
        "reference/problems.md");
  }

  private static String refusals(ProblemKind kind) {
    return Arrays.stream(Refusal.values())
        .filter(refusal -> RefusalTable.kind(refusal) == kind)
        .map(refusal -> "`" + refusal + "`")
        .collect(Collectors.joining(", "));
  }
}
