package io.phalanx.scheduler.engine;

import io.phalanx.scheduler.round.RoundRecord;

/** Is told how each stage of the engine does; implementations must be quick and thread-safe. */
public interface EngineMeter {

  /** Measures nothing. */
  EngineMeter NONE =
      new EngineMeter() {
        @Override
        public void decided(int commands, long nanos) {}

        @Override
        public void appended(int events, int bytes, long nanos) {}

        @Override
        public void folded(int events, long nanos) {}

        @Override
        public void refusedBusy() {}

        @Override
        public void historyWritten(int items, long nanos) {}

        @Override
        public void snapshotWritten(long position, long nanos) {}

        @Override
        public void planned(PlannedRound round) {}

        @Override
        public void committed(RoundRecord round) {}

        @Override
        public void delivery(boolean taken, long nanos) {}

        @Override
        public void leaderRecovered() {}
      };

  /**
   * A round of the planner.
   *
   * @param record what it saw and reached
   * @param planned lines planned
   * @param nanos from the facts to the writer's answer
   */
  record PlannedRound(RoundRecord record, int planned, long nanos) {}

  /** The writer decided so many commands. */
  void decided(int commands, long nanos);

  /** A row of so many events was made durable. */
  void appended(int events, int bytes, long nanos);

  /** So many events were folded into the replica. */
  void folded(int events, long nanos);

  /** A command was turned away because the queue was full. */
  void refusedBusy();

  /** So many items went to the history. */
  void historyWritten(int items, long nanos);

  /** A snapshot was written. */
  void snapshotWritten(long position, long nanos);

  /** A round was planned. */
  void planned(PlannedRound round);

  /** A round was committed, with what was dropped of it. */
  void committed(RoundRecord round);

  /** A settlement was offered to the payout layer. */
  void delivery(boolean taken, long nanos);

  /** An append was refused because another node leads. */
  default void fenced() {}

  /** The writer started again after a failure of the store. */
  void leaderRecovered();
}
