package io.phalanx.api.payout;

import io.phalanx.scheduler.engine.SettlementReceiver;
import io.phalanx.scheduler.proof.SettlementSeal;
import io.phalanx.scheduler.proof.SigningKeys;
import io.phalanx.scheduler.settlement.Settlement;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The payout layer's endpoint: gets each settlement as a signed POST with a key of its own and the
 * same bytes every time. Its answer is untrusted: only the status counts, redirects are not
 * followed, of the body no more is read than shows that it is none of ours, and every exchange has
 * an end.
 */
public final class PayoutClient implements SettlementReceiver {
  /** How long an exchange may take, answer and all. */
  public static final Duration USUAL_DEADLINE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(PayoutClient.class);
  private static final int MAX_ANSWER_BYTES = 64 * 1024;

  private final Vertx vertx;
  private final HttpClientAgent client;
  private final URI endpoint;
  private final RequestSigner signer;
  private final long deadlineMs;

  /**
   * A client of that endpoint.
   *
   * @param keys sign what is sent
   * @param clock says when it was signed
   * @param deadline how long an exchange may take, answer and all
   */
  public PayoutClient(
      Vertx vertx, URI endpoint, SigningKeys keys, InstantSource clock, Duration deadline) {
    this.vertx = vertx;
    this.endpoint = URI.create(RequestSigner.signedForm(endpoint));
    this.signer = new RequestSigner(keys, clock);
    this.deadlineMs = deadline.toMillis();
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) deadlineMs)
                .setMaxHeaderSize(16 * 1024)
                .setKeepAlive(true));
  }

  @Override
  public boolean deliver(Settlement settlement, SettlementSeal seal) throws InterruptedException {
    Promise<Boolean> taken = Promise.promise();
    post(settlement, SettlementBody.of(settlement, seal), taken);
    try {
      return taken
          .future()
          .toCompletionStage()
          .toCompletableFuture()
          .get(2 * deadlineMs, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      LOG.warn(
          "event=delivery-failed settlement={} reason=\"{}\"",
          settlement.number(),
          cause.toString());
      return false;
    }
  }

  private void post(Settlement settlement, byte[] body, Promise<Boolean> taken) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(endpoint.toString())
            .setFollowRedirects(false)
            .setConnectTimeout(deadlineMs)
            .putHeader("Content-Type", "application/json");
    signer.headers(endpoint, "settlement-" + settlement.number(), body).forEach(options::putHeader);
    client
        .request(options)
        .onFailure(taken::tryFail)
        .onSuccess(request -> send(request, body, taken));
  }

  /** An exchange that goes on for too long is cut, or its connection would be lost for the next. */
  private void send(HttpClientRequest request, byte[] body, Promise<Boolean> taken) {
    long timer =
        vertx.setTimer(
            deadlineMs,
            late -> {
              taken.tryFail("no whole answer within " + deadlineMs + " ms");
              request.reset();
            });
    taken.future().onComplete(done -> vertx.cancelTimer(timer));
    request
        .send(Buffer.buffer(body))
        .onFailure(taken::tryFail)
        .onSuccess(response -> read(response, taken));
  }

  private static void read(HttpClientResponse response, Promise<Boolean> taken) {
    boolean isTaken = response.statusCode() / 100 == 2;
    if (!isTaken) {
      LOG.warn("event=delivery-refused status={}", response.statusCode());
    }
    int[] length = {0};
    response.exceptionHandler(fault -> taken.tryComplete(isTaken));
    response.endHandler(ignored -> taken.tryComplete(isTaken));
    response.handler(
        chunk -> {
          length[0] += chunk.length();
          if (length[0] > MAX_ANSWER_BYTES) {
            taken.tryComplete(isTaken);
            response.request().reset();
          }
        });
  }
}
