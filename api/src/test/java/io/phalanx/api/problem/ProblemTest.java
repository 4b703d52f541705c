package io.phalanx.api.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class ProblemTest {
  private static JsonNode json(Problem problem) {
    return new ObjectMapper().readTree(problem.toBytes());
  }

  /** The table of the contract; a name that is added has to be added here too. */
  @ParameterizedTest
  @CsvSource({
    "malformed, 400",
    "invalid, 422",
    "unauthenticated, 401",
    "replayed, 401",
    "forbidden, 403",
    "not-found, 404",
    "conflict, 409",
    "stale-epoch, 409",
    "insufficient-balance, 422",
    "quote-expired, 409",
    "not-placeable, 409",
    "quota-exceeded, 429",
    "rate-limited, 429",
    "too-large, 413",
    "key-reused, 422",
    "evidence-rejected, 422",
    "guard-failed, 422",
    "no-leader, 503",
    "position-not-reached, 504",
    "stream-expired, 410"
  })
  void hasTheStatusOfTheContract(String name, int status) {
    List<ProblemKind> kinds =
        Arrays.stream(ProblemKind.values()).filter(k -> k.wireName().equals(name)).toList();
    assertThat(kinds).extracting(ProblemKind::status).containsExactly(status);
    assertThat(ProblemKind.values()).hasSize(20);
  }

  @ParameterizedTest
  @EnumSource
  void isADocumentOfRfc9457(ProblemKind kind) {
    JsonNode problem = json(Problem.of(kind, "Because."));
    assertThat(problem.path("type").asString()).isEqualTo("/problems/" + kind.wireName());
    assertThat(problem.path("title").asString()).isEqualTo(kind.title()).doesNotEndWith(".");
    assertThat(problem.path("status").asInt()).isEqualTo(kind.status());
    assertThat(problem.path("detail").asString()).isEqualTo("Because.");
    assertThat(kind.advice()).endsWith(".");
  }

  @Test
  void hasTheHeadersThatHttpDemands() {
    assertThat(Problem.of(ProblemKind.RATE_LIMITED, "x").headers()).containsKey("Retry-After");
    assertThat(Problem.of(ProblemKind.NO_LEADER, "x").headers()).containsKey("Retry-After");
    assertThat(Problem.of(ProblemKind.NO_LEADER, 504, "x").headers()).isEmpty();
    assertThat(Problem.of(ProblemKind.UNAUTHENTICATED, "x").headers())
        .containsKey("WWW-Authenticate");
    assertThatThrownBy(() -> Problem.of(ProblemKind.MALFORMED, 405, "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesFaultsAndFurtherMembers() {
    Problem problem =
        new Problem(
            ProblemKind.INVALID,
            422,
            "x",
            List.of(Fault.body("/a", "is required"), Fault.query("limit", "must be a number")),
            Map.of("required", "5", "offset", 7L, "flag", true),
            Map.of());
    JsonNode json = json(problem);
    assertThat(json.path("errors").get(0).toString())
        .isEqualTo("{\"pointer\":\"/a\",\"detail\":\"is required\"}");
    assertThat(json.path("errors").get(1).path("in").asString()).isEqualTo("query");
    assertThat(json.path("required").asString()).isEqualTo("5");
    assertThat(json.path("offset").asLong()).isEqualTo(7);
    assertThat(json.path("flag").asBoolean()).isTrue();
  }
}
