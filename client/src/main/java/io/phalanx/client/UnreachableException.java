package io.phalanx.client;

import java.net.URI;

/** No answer came; whether a request was done is not known. */
public final class UnreachableException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreachableException(URI service, Exception cause) {
    super("no answer from " + service + ": " + reason(cause), cause);
  }

  private static String reason(Exception cause) {
    if (cause instanceof java.net.ConnectException) {
      return "nothing listens there";
    }
    if (cause instanceof java.net.http.HttpTimeoutException) {
      return "it took too long";
    }
    return cause.getMessage() == null ? "the connection broke" : cause.getMessage();
  }
}
