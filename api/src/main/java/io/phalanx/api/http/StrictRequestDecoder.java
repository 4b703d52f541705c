package io.phalanx.api.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;
import java.util.function.Consumer;

/**
 * Vert.x's decoder without its leniency: what two servers in a row could read differently is
 * refused, because that is how requests are smuggled past the first of them.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {

  private final Consumer<Throwable> onBadBody;

  /**
   * A decoder for one connection.
   *
   * @param onBadBody hears that a body cannot be decoded; Vert.x itself would close without a word
   */
  StrictRequestDecoder(HttpServerOptions options, Consumer<Throwable> onBadBody) {
    super(options);
    this.onBadBody = onBadBody;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf buffer, List<Object> out)
      throws Exception {
    super.decode(context, buffer, out);
    if (!out.isEmpty()
        && out.get(out.size() - 1) instanceof HttpContent content
        && !(content instanceof HttpMessage) // a head that is wrong goes its usual way
        && content.decoderResult().isFailure()) {
      out.remove(out.size() - 1);
      onBadBody.accept(content.decoderResult().cause());
    }
  }

  @Override
  protected HttpMessage createMessage(String[] initialLine) {
    HttpMessage message = super.createMessage(initialLine);
    HttpVersion version = message.protocolVersion();
    if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
      throw new IllegalArgumentException("Only HTTP/1.1 and HTTP/1.0 are spoken here.");
    }
    return message;
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("Content-Length and Transfer-Encoding exclude each other.");
  }
}
