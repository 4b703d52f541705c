package io.phalanx.api.http;

import io.vertx.core.Future;

/** What serves one operation: it parses, submits and answers, and decides nothing. */
@FunctionalInterface
public interface Endpoint {

  /**
   * Answers a call that fits the contract.
   *
   * @return completes on any thread; a failure is a fault of ours
   */
  Future<Answer> answer(Call call);
}
