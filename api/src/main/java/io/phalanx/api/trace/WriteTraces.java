package io.phalanx.api.trace;

import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.command.ActAs;
import io.phalanx.scheduler.command.Command;
import io.phalanx.scheduler.command.DeploymentCommand.CreateDeployment;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.engine.Replica;
import io.phalanx.scheduler.engine.Reply;
import io.phalanx.scheduler.engine.Submission;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentOffered;
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentEnded;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.SystemEvent.RoundCommitted;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.round.RoundRecord;
import io.phalanx.scheduler.view.DeploymentView;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a traced write where it is decided: {@code journal} until it is durable, and for
 * a deployment {@code placement} until its first miner, with the {@code round} that chose it.
 */
public final class WriteTraces {
  /** Traced deployments that wait, at most; the longest forgotten first. */
  static final int MOST_WAITING = 10_000;

  private static final long MICRO = 1_000;

  private final Tracer tracer;
  private final Map<DeploymentId, Tracer.Running> waiting =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<DeploymentId, Tracer.Running> eldest) {
          return size() > MOST_WAITING;
        }
      };

  /** Traces by that tracer. */
  public WriteTraces(Tracer tracer) {
    this.tracer = tracer;
  }

  /** The same submission, or if it is traced one that tells when it is answered. */
  public Submission traced(Submission submission) {
    String traceparent = submission.traceparent();
    Tracer.Running journal = tracer.part(traceparent);
    if (journal == null) {
      return submission;
    }
    Command command =
        submission.command() instanceof ActAs asked ? asked.command() : submission.command();
    return new Submission(
        submission.command(),
        submission.key(),
        reply -> {
          replied(journal, traceparent, command, reply);
          submission.onReply().accept(reply);
        },
        traceparent);
  }

  private void replied(
      Tracer.Running journal, @Nullable String traceparent, Command command, Reply reply) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("command.name", command.getClass().getSimpleName());
    boolean isDecided = reply instanceof Reply.Decided;
    if (reply instanceof Reply.Decided decided) {
      attributes.put("journal.position", decided.position());
      attributes.put("leader.epoch", decided.epoch());
      if (command instanceof CreateDeployment
          && decided.outcome() instanceof Outcome.Done done
          && !done.replayed()
          && done.answer() instanceof DeploymentView made) {
        attributes.put("deployment.id", made.id().text());
        await(made.id(), traceparent);
      }
    }
    journal.end("journal", Span.Kind.INTERNAL, attributes, !isDecided);
  }

  private void await(DeploymentId id, @Nullable String traceparent) {
    Tracer.Running placement = tracer.part(traceparent);
    if (placement != null) {
      synchronized (waiting) {
        waiting.put(id, placement);
      }
    }
  }

  /** Hears of every committed batch. */
  public void committed(Replica.CommittedBatch batch) {
    synchronized (waiting) {
      if (waiting.isEmpty()) {
        return;
      }
      RoundRecord round = null;
      for (StampedEvent stamped : batch.events()) {
        Event event = stamped.event();
        if (event instanceof RoundCommitted committed) {
          round = committed.round();
        } else if (event instanceof AssignmentOffered offered) {
          placed(waiting.remove(offered.deploymentId()), offered, round);
        } else if (event instanceof DeploymentEnded ended) {
          waiting.remove(ended.deploymentId());
        }
      }
    }
  }

  private static void placed(
      Tracer.@Nullable Running placement, AssignmentOffered offered, @Nullable RoundRecord round) {
    if (placement == null) {
      return;
    }
    if (round != null) {
      placement.endedPart(
          "round",
          round.micros() * MICRO,
          Map.of(
              "round.number", round.number(),
              "round.miners", (long) round.miners(),
              "round.replicas", (long) round.replicas(),
              "round.placed", (long) round.placedReplicas()));
    }
    placement.end(
        "placement",
        Span.Kind.INTERNAL,
        Map.of(
            "deployment.id", offered.deploymentId().text(),
            "assignment.id", offered.assignmentId().text()),
        false);
  }
}
