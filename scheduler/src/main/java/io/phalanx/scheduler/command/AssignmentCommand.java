package io.phalanx.scheduler.command;

import io.phalanx.scheduler.deployment.Reading;
import io.phalanx.scheduler.id.AssignmentId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something a miner says about its assignment. */
public sealed interface AssignmentCommand extends Command {

  /**
   * The miner takes it.
   *
   * @param assignmentId which
   * @param epoch its fencing token
   */
  record AcknowledgeAssignment(AssignmentId assignmentId, long epoch) implements AssignmentCommand {
    @Override
    public <R> R accept(CommandHandler<R> handler) {
      return handler.handle(this);
    }
  }

  /**
   * The miner has finished it.
   *
   * @param assignmentId which
   * @param epoch its fencing token
   * @param reason the miner's words, if any
   */
  record CompleteAssignment(AssignmentId assignmentId, long epoch, @Nullable String reason)
      implements AssignmentCommand {
    @Override
    public <R> R accept(CommandHandler<R> handler) {
      return handler.handle(this);
    }
  }

  /**
   * The miner cannot do it: declines it before acknowledging, fails it after.
   *
   * @param assignmentId which
   * @param epoch its fencing token
   * @param reason the miner's words, if any
   */
  record FailAssignment(AssignmentId assignmentId, long epoch, @Nullable String reason)
      implements AssignmentCommand {
    @Override
    public <R> R accept(CommandHandler<R> handler) {
      return handler.handle(this);
    }
  }

  /**
   * Readings of meters, each judged on its own.
   *
   * @param readings in the order they are judged
   */
  record ReportGas(List<Reading> readings) implements AssignmentCommand {
    /** Copies the list. */
    public ReportGas {
      readings = List.copyOf(readings);
    }

    @Override
    public <R> R accept(CommandHandler<R> handler) {
      return handler.handle(this);
    }
  }
}
