package io.phalanx.api.recorded;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.api.read.RoundView;
import io.phalanx.placement.Line;
import io.phalanx.placement.PlacementProblem;
import io.phalanx.placement.SolveLimits;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.round.DropReason;
import io.phalanx.scheduler.round.DroppedLine;
import io.phalanx.scheduler.round.PlannedLine;
import io.phalanx.scheduler.round.RecordedRound;
import io.phalanx.scheduler.round.RoundRecord;
import io.phalanx.scheduler.unit.GasPrice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What of a recorded round is needed to plan it again, and what was planned.
 *
 * @param problem what it saw
 * @param limits how far it was planned
 * @param plan every line, committed or not
 */
public record RoundFile(ProblemFile problem, Limits limits, List<PlanLine> plan) {

  /** The steps end it, not the clock. */
  private static final Duration NO_LIMIT = Duration.ofHours(1);

  /** Copies the lines. */
  public RoundFile {
    plan = List.copyOf(plan);
  }

  /**
   * How far it was planned.
   *
   * @param seed breaks ties
   * @param exchangeSteps most attempts to exchange gangs
   * @param searchSteps most steps of the local search
   * @param outOfTime whether the clock had ended it, at these steps
   */
  public record Limits(long seed, int exchangeSteps, int searchSteps, boolean outOfTime) {}

  /**
   * A line of the plan.
   *
   * @param deploymentId whose slot
   * @param minerId on which miner
   * @param gasPrice at which price; none: it was not committed
   * @param dropped why it was not committed
   */
  public record PlanLine(
      DeploymentId deploymentId,
      MinerId minerId,
      @JsonSetter(nulls = Nulls.SET) @Nullable GasPrice gasPrice,
      @JsonSetter(nulls = Nulls.SET) @Nullable DropReason dropped) {

    private static final Comparator<PlanLine> ORDER =
        Comparator.comparing(PlanLine::deploymentId).thenComparing(PlanLine::minerId);

    private static PlanLine of(PlannedLine line) {
      return new PlanLine(line.deploymentId(), line.minerId(), line.gasPrice(), null);
    }

    private static PlanLine of(DroppedLine line) {
      return new PlanLine(line.deploymentId(), line.minerId(), null, line.reason());
    }

    private static PlanLine of(Line line) {
      return new PlanLine(
          new DeploymentId(line.deploymentId()), new MinerId(line.minerId()), null, null);
    }

    private String pair() {
      return deploymentId + " on " + minerId;
    }
  }

  /** The file of a round that was found again. */
  static RoundFile of(RecordedRound recorded) {
    RoundRecord record = recorded.round().record();
    List<PlanLine> plan = new ArrayList<>();
    recorded.placed().forEach(line -> plan.add(PlanLine.of(line)));
    record.dropped().forEach(line -> plan.add(PlanLine.of(line)));
    plan.sort(PlanLine.ORDER);
    return new RoundFile(
        ProblemFile.of(recorded.problem()),
        new Limits(
            record.seed(),
            record.course().exchangeSteps(),
            record.course().searchSteps(),
            record.course().outOfTime()),
        plan);
  }

  /** The round as the API shows it in full: as it shows it otherwise, and all of the file. */
  public static JsonNode shown(RecordedRound recorded) {
    ObjectNode shown = CoreJson.shown().valueToTree(RoundView.of(recorded.round()));
    shown.setAll((ObjectNode) CoreJson.shown().valueToTree(of(recorded)));
    return shown;
  }

  /**
   * Reads what the API showed.
   *
   * @throws JsonProcessingException if it is not such a file, saying where
   */
  public static RoundFile read(Path file) throws IOException {
    return CoreJson.stored()
        .copy()
        .setDefaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.FAIL, Nulls.FAIL))
        .readerFor(RoundFile.class)
        .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .with(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
        .readValue(Files.readAllBytes(file));
  }

  /** The problem. */
  public PlacementProblem toSolve() {
    return problem.problem();
  }

  /** The limits that repeat it. */
  public SolveLimits toRepeat() {
    return new SolveLimits(limits.seed(), NO_LIMIT, limits.exchangeSteps(), limits.searchSteps());
  }

  /** The pairs of which the plan and these lines differ; empty when they are the same. */
  public List<String> differences(List<Line> lines) {
    Set<String> recorded = new TreeSet<>(plan.stream().map(PlanLine::pair).toList());
    Set<String> now = new TreeSet<>(lines.stream().map(line -> PlanLine.of(line).pair()).toList());
    List<String> differences = new ArrayList<>();
    for (String pair : recorded) {
      if (!now.remove(pair)) {
        differences.add("not planned again: " + pair);
      }
    }
    now.forEach(pair -> differences.add("not recorded: " + pair));
    return differences;
  }
}
