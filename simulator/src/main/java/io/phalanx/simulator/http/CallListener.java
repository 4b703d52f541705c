package io.phalanx.simulator.http;

/** Hears of every try that did not end well, also of those that were repeated. */
public interface CallListener {
  /**
   * A try ended with a 4xx or 5xx, or without an answer.
   *
   * @param error {@code 503 no-leader} and the like, or {@code connection} when there was no answer
   */
  void failed(String error);

  void retried();

  static CallListener none() {
    return new CallListener() {
      @Override
      public void failed(String error) {
        // whoever passes this does not count
      }

      @Override
      public void retried() {
        // whoever passes this does not count
      }
    };
  }
}
