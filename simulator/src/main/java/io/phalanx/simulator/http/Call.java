package io.phalanx.simulator.http;

import io.phalanx.simulator.shape.MinerKey;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;

/**
 * One request to the service, the same bytes each time it is repeated.
 *
 * @param path with the query, beginning with {@code /}
 * @param body empty for none
 * @param sender who sends it
 * @param idempotencyKey empty for none
 * @param minPosition the journal position that a read must at least show, 0 for any
 */
public record Call(
    HttpMethod method,
    String path,
    Buffer body,
    Sender sender,
    String idempotencyKey,
    long minPosition) {
  private static final Buffer NOTHING = Buffer.buffer();

  public static Call get(String path) {
    return new Call(HttpMethod.GET, path, NOTHING, Sender.OBSERVER, "", 0);
  }

  public static Call delete(String path) {
    return new Call(HttpMethod.DELETE, path, NOTHING, Sender.OBSERVER, "", 0);
  }

  public static Call post(String path, Buffer body) {
    return new Call(HttpMethod.POST, path, body, Sender.OBSERVER, "", 0);
  }

  public static Call put(String path, Buffer body) {
    return new Call(HttpMethod.PUT, path, body, Sender.OBSERVER, "", 0);
  }

  public static Call patch(String path, Buffer body) {
    return new Call(HttpMethod.PATCH, path, body, Sender.OBSERVER, "", 0);
  }

  /** A POST that creates: it happens once, however often it is sent. */
  public static Call create(String path, Buffer body, String idempotencyKey) {
    return new Call(HttpMethod.POST, path, body, Sender.OBSERVER, idempotencyKey, 0);
  }

  /** The same, sent by a developer; by nobody in particular without a name. */
  public Call by(String developer) {
    return developer.isEmpty() ? this : by(Sender.Role.DEVELOPER, developer);
  }

  /** The same, sent by an operator. */
  public Call byOperator(String operator) {
    return by(Sender.Role.OPERATOR, operator);
  }

  /** The same, sent by the payout layer, perhaps for a developer. */
  public Call byPayoutFor(String developer) {
    return by(Sender.Role.PAYOUT, developer);
  }

  /** The same, sent by a miner. */
  public Call by(MinerKey miner) {
    return by(new Sender(Sender.Role.MINER, "", miner));
  }

  /** The same, sent by its operator with the miner's signature. */
  public Call byOperatorAnd(String operator, MinerKey miner) {
    return by(new Sender(Sender.Role.OPERATOR, operator, miner));
  }

  private Call by(Sender.Role role, String name) {
    return by(new Sender(role, name, null));
  }

  private Call by(Sender other) {
    return new Call(method, path, body, other, idempotencyKey, minPosition);
  }

  /** Answered only from a state that holds everything up to this position. */
  public Call atLeast(long position) {
    return new Call(method, path, body, sender, idempotencyKey, position);
  }
}
