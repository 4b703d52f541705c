package io.phalanx.cluster.lead;

/** Tells other nodes what they would find in the store anyway, so that they look now. */
public interface Hints {

  /** This node has made rows durable up to there. */
  void committed(long position);

  /** This node has given the lead up. */
  void released();
}
