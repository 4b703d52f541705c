package io.phalanx.api.read;

import io.phalanx.api.read.ExplanationView.MinerAnswer;
import io.phalanx.api.read.Past.Wanted;
import io.phalanx.placement.PlacementEngine;
import io.phalanx.placement.explain.Explainer;
import io.phalanx.placement.explain.Explanation;
import io.phalanx.placement.explain.Verdict;
import io.phalanx.placement.explain.WaitEstimate;
import io.phalanx.placement.explain.WaitObservations;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.engine.HistoryKinds;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Why a deployment is where it is, by the very engine that places it. Every answer tries the next
 * round in many forms, two answers at once: for worker threads only.
 */
public final class Explanations {

  private static final Wanted<Deployment> DEPLOYMENTS =
      Wanted.of(HistoryKinds.DEPLOYMENT, Deployment.class, deployment -> true);

  /** Each may keep a core busy for as long as a round may; the planner needs one as well. */
  private static final int MOST_AT_ONCE = 2;

  /** The planner looks for work at least so often. */
  private static final WaitEstimate NEXT_ROUND = new WaitEstimate(1000, 1000);

  private final Semaphore turns = new Semaphore(MOST_AT_ONCE, true);
  private final Engine engine;
  private final Past past;
  private final InstantSource clock;
  private final Explainer explainer;
  private final WaitObservations waits;

  /**
   * Explanations of that engine's decisions.
   *
   * @param clock tells how long things have waited
   * @param timeLimit for each round that is tried
   */
  public Explanations(Engine engine, InstantSource clock, Duration timeLimit) {
    this.engine = engine;
    this.past = new Past(engine);
    this.clock = clock;
    this.explainer = new Explainer(new PlacementEngine(), timeLimit);
    this.waits = WaitWatch.of(engine.replica(), clock.millis());
  }

  /**
   * Why a deployment is where it is.
   *
   * @param developer whose it must be; empty for anybody's
   * @param miner why (not) this miner, if that is asked as well
   * @return empty if there is no such deployment, or no such miner
   */
  public Optional<ExplanationView> explain(
      DeploymentId id, Optional<String> developer, Optional<MinerId> miner) {
    long nowMs = clock.millis();
    Optional<Question> question =
        engine
            .replica()
            .read(
                state ->
                    state
                        .deployments()
                        .find(id)
                        .filter(found -> !found.isEnded())
                        .map(found -> Question.of(found, state, nowMs)))
            .map(Question.Seen::question);
    if (question.isPresent()) {
      return question.filter(asked -> asked.isOf(developer)).flatMap(asked -> answer(asked, miner));
    }
    return ended(id)
        .filter(found -> developer.isEmpty() || developer.get().equals(found.developer()))
        .map(Explanations::overview);
  }

  private Optional<Deployment> ended(DeploymentId id) {
    return engine
        .replica()
        .read(state -> state.deployments().find(id))
        .or(() -> past.find(DEPLOYMENTS, id.text()));
  }

  /** The explanation that such a deployment would get now; nothing is kept. */
  public ExplanationView dryRun(DeploymentSpec spec) {
    long nowMs = clock.millis();
    Question question = engine.replica().read(state -> Question.of(spec, state, nowMs)).question();
    return view(question, null);
  }

  private Optional<ExplanationView> answer(Question question, Optional<MinerId> miner) {
    return miner.isEmpty()
        ? Optional.of(view(question, null))
        : question.about(miner.get()).map(answer -> view(question, answer));
  }

  private ExplanationView view(Question question, @Nullable MinerAnswer miner) {
    Explanation explanation = think(question);
    return new ExplanationView(
        question.deployment().state(),
        explanation.verdict().wireName(),
        explanation.eligibleMiners(),
        explanation.idleEligibleMiners(),
        question.isPlaced() ? null : explanation.queuePosition(),
        wait(question, explanation.verdict()),
        explanation.eliminations().stream()
            .map(e -> new ExplanationView.EliminationView(e.constraint().wireName(), e.miners()))
            .toList(),
        explanation.relaxations().stream()
            .map(relaxation -> ShownChanges.of(relaxation, question.settled()))
            .toList(),
        question.chosen(),
        explanation.runnersUp().stream().map(question::runnerUp).toList(),
        miner);
  }

  private ExplanationView.Wait wait(Question question, Verdict verdict) {
    return switch (verdict) {
      case PLACED, NEVER -> ExplanationView.Wait.UNKNOWN;
      case PLACEABLE -> ExplanationView.Wait.of(NEXT_ROUND);
      case WAITING ->
          waits
              .estimate(
                  question.demand(), question.network(), gathersInMs(question), clock.millis())
              .map(ExplanationView.Wait::of)
              .orElse(ExplanationView.Wait.UNKNOWN);
    };
  }

  private long gathersInMs(Question question) {
    Duration after = engine.replica().read(state -> state.policy().gathering().after());
    return Math.max(0, after.toMillis() - question.demand().waitedSeconds() * 1000);
  }

  private Explanation think(Question question) {
    turns.acquireUninterruptibly();
    try {
      return explainer.explain(question.inquiry(), question.network());
    } finally {
      turns.release();
    }
  }

  /** What is left to say of a deployment that is over: whether it was ever placed. */
  private static ExplanationView overview(Deployment deployment) {
    boolean placed = deployment.progress().everPlaced();
    return new ExplanationView(
        deployment.state(),
        (placed ? Verdict.PLACED : Verdict.NEVER).wireName(),
        0,
        0,
        null,
        ExplanationView.Wait.UNKNOWN,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null);
  }
}
