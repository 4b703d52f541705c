package io.phalanx.simulator.load;

/** Hears every answer of a load, on the generator's thread. */
public interface LoadListener {
  /** Listens to nothing. */
  LoadListener NONE = (number, status, body) -> {};

  /**
   * A request was answered.
   *
   * @param number of the request, from 0
   * @param body of the answer
   */
  void answered(long number, int status, byte[] body);
}
