package io.phalanx.api.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.engine.SettlementReceiver;
import io.phalanx.scheduler.proof.SettlementSeal;
import io.phalanx.scheduler.settlement.Settlement;
import io.phalanx.scheduler.view.SettlementView;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The payout layer's endpoint: gets each settlement as a POST with a key of its own and the same
 * bytes every time. Its answer is untrusted: only the status counts, redirects are not followed,
 * and of the body no more is read than shows that it is none of ours.
 */
final class PayoutClient implements SettlementReceiver {
  private static final Logger LOG = LoggerFactory.getLogger(PayoutClient.class);
  private static final long TIMEOUT_MS = 10_000;
  private static final int MAX_ANSWER_BYTES = 64 * 1024;

  private final HttpClientAgent client;
  private final URI endpoint;

  PayoutClient(Vertx vertx, URI endpoint) {
    this.endpoint = endpoint;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) TIMEOUT_MS)
                .setMaxHeaderSize(16 * 1024)
                .setKeepAlive(true));
  }

  @Override
  public boolean deliver(Settlement settlement, SettlementSeal seal) throws InterruptedException {
    try {
      return post(settlement, seal)
          .toCompletionStage()
          .toCompletableFuture()
          .get(2 * TIMEOUT_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      LOG.warn("event=delivery-failed settlement={} reason=\"{}\"", settlement.number(), cause);
      return false;
    }
  }

  private Future<Boolean> post(Settlement settlement, SettlementSeal seal) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(endpoint.toString())
            .setFollowRedirects(false)
            .setTimeout(TIMEOUT_MS)
            .putHeader("Content-Type", "application/json")
            .putHeader("Idempotency-Key", "settlement-" + settlement.number());
    return client
        .request(options)
        .compose(request -> request.send(Buffer.buffer(body(settlement, seal))))
        .compose(PayoutClient::read);
  }

  private static Future<Boolean> read(HttpClientResponse response) {
    boolean taken = response.statusCode() / 100 == 2;
    if (!taken) {
      LOG.warn("event=delivery-refused status={}", response.statusCode());
    }
    Promise<Boolean> read = Promise.promise();
    int[] length = {0};
    response.exceptionHandler(fault -> read.tryComplete(taken));
    response.endHandler(ignored -> read.tryComplete(taken));
    response.handler(
        chunk -> {
          length[0] += chunk.length();
          if (length[0] > MAX_ANSWER_BYTES) {
            read.tryComplete(taken);
            response.request().reset();
          }
        });
    return read.future();
  }

  private static byte[] body(Settlement settlement, SettlementSeal seal) {
    try {
      return CoreJson.shown().writeValueAsBytes(SettlementView.of(settlement, seal));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a settlement cannot be written", e);
    }
  }
}
