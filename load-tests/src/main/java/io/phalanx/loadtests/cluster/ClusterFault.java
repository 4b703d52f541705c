package io.phalanx.loadtests.cluster;

/** What is done to a cluster under load. */
public enum ClusterFault {
  /** {@code kill -9} of the node that leads; it is started again afterwards. */
  KILL_LEADER,
  /** The node that leads stands still for ten seconds and wakes up with what it was about to do. */
  PAUSE_LEADER,
  /** The node that leads is asked to stop, and hands over; it is started again afterwards. */
  STOP_LEADER,
  /** Every node, one after the other, is asked to stop and is started again: as for an update. */
  RESTART_EACH,
  /** The database crashes and is started again. */
  CRASH_STORE,
  /** Between the node that leads and the database nothing passes; the others reach it. */
  CUT_LEADER_FROM_STORE,
  /**
   * What the node that leads asks of the database arrives and the answers do not: rows are there
   * that their writer does not know of.
   */
  LOSE_ANSWERS_TO_LEADER
}
