package io.phalanx.api.http;

import io.vertx.core.MultiMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The headers that mean something here.
 *
 * @param developer {@code X-Developer}
 * @param idempotencyKey {@code Idempotency-Key} without surrounding quotes
 * @param minJournalPosition {@code Min-Journal-Position}, as sent
 * @param lastEventId {@code Last-Event-ID}
 * @param ifMatch {@code If-Match}
 * @param traceparent W3C trace context, when well-formed
 * @param accept {@code Accept}, as sent
 * @param contentType media type without parameters, lower case
 * @param expects100 whether the client waits to be asked for the body
 */
public record RequestHeaders(
    @Nullable String developer,
    @Nullable String idempotencyKey,
    @Nullable String minJournalPosition,
    @Nullable String lastEventId,
    @Nullable String ifMatch,
    @Nullable String traceparent,
    @Nullable String accept,
    @Nullable String contentType,
    boolean expects100) {

  /** The same as part of another trace. */
  RequestHeaders within(String trace) {
    return new RequestHeaders(
        developer,
        idempotencyKey,
        minJournalPosition,
        lastEventId,
        ifMatch,
        trace,
        accept,
        contentType,
        expects100);
  }

  /** Length of {@code 00-<32 hex>-<16 hex>-<2 hex>}. */
  private static final int TRACEPARENT_LENGTH = 55;

  /** The headers break a rule of HTTP. */
  static final class BadHeadersException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;

    BadHeadersException(int status, String sentence) {
      super(sentence, null, false, false);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  /**
   * Reads them in one pass.
   *
   * @param needsHost whether there must be a {@code Host}: in HTTP/1.1
   */
  static RequestHeaders read(MultiMap headers, boolean needsHost) throws BadHeadersException {
    Reader reader = new Reader();
    for (Map.Entry<String, String> header : headers) {
      reader.take(header.getKey(), header.getValue());
    }
    if (reader.host == null && needsHost) {
      throw bad("The Host header is missing.");
    }
    if (reader.transferEncoding != null && !needsHost) {
      throw bad("HTTP/1.0 has no Transfer-Encoding.");
    }
    return reader.result();
  }

  /** The value of one of them by its name in lower case, as the contract's parameters need it. */
  @Nullable String byName(String name) {
    return switch (name) {
      case "x-developer" -> developer;
      case "idempotency-key" -> idempotencyKey;
      case "min-journal-position" -> minJournalPosition;
      case "last-event-id" -> lastEventId;
      case "if-match" -> ifMatch;
      case "traceparent" -> traceparent;
      default -> throw new IllegalArgumentException("a header nobody reads: " + name);
    };
  }

  private static BadHeadersException bad(String sentence) {
    return new BadHeadersException(400, sentence);
  }

  /** Collects while it goes. */
  private static final class Reader {
    private @Nullable String host;
    private @Nullable String transferEncoding;
    private @Nullable String contentLength;
    private @Nullable String contentEncoding;
    private @Nullable String expect;
    private @Nullable String developer;
    private @Nullable String idempotencyKey;
    private @Nullable String minJournalPosition;
    private @Nullable String lastEventId;
    private @Nullable String ifMatch;
    private @Nullable String traceparent;
    private @Nullable String accept;
    private @Nullable String contentType;

    private void take(String name, String value) throws BadHeadersException {
      switch (name.length()) { // cheaper than lower-casing every name
        case 4 -> {
          if (name.equalsIgnoreCase("Host")) {
            host = once(host, name, checkedHost(value));
          }
        }
        case 6 -> {
          if (name.equalsIgnoreCase("Expect")) {
            expect = once(expect, name, value);
          } else if (name.equalsIgnoreCase("Accept") && accept == null) {
            accept = value; // it may come in several lines; what is wanted most comes first
          }
        }
        case 8 -> {
          if (name.equalsIgnoreCase("If-Match")) {
            ifMatch = once(ifMatch, name, value);
          }
        }
        case 11 -> takeOf11(name, value);
        case 12 -> {
          if (name.equalsIgnoreCase("Content-Type")) {
            contentType = once(contentType, name, value);
          }
        }
        case 13 -> {
          if (name.equalsIgnoreCase("Last-Event-ID")) {
            lastEventId = once(lastEventId, name, value);
          }
        }
        case 14 -> {
          if (name.equalsIgnoreCase("Content-Length")) {
            contentLength = once(contentLength, name, value);
          }
        }
        default -> takeLonger(name, value);
      }
    }

    private void takeOf11(String name, String value) throws BadHeadersException {
      if (name.equalsIgnoreCase("X-Developer")) {
        developer = once(developer, name, value);
      } else if (name.equalsIgnoreCase("traceparent")) {
        traceparent = once(traceparent, name, value);
      }
    }

    private void takeLonger(String name, String value) throws BadHeadersException {
      if (name.equalsIgnoreCase("Idempotency-Key")) {
        idempotencyKey = once(idempotencyKey, name, value);
      } else if (name.equalsIgnoreCase("Transfer-Encoding")) {
        transferEncoding = once(transferEncoding, name, value);
      } else if (name.equalsIgnoreCase("Min-Journal-Position")) {
        minJournalPosition = once(minJournalPosition, name, value);
      } else if (name.equalsIgnoreCase("Content-Encoding")) {
        contentEncoding = once(contentEncoding, name, value);
      }
    }

    private static String once(@Nullable String before, String name, String value)
        throws BadHeadersException {
      if (before != null) {
        throw bad("The header " + name.toLowerCase(Locale.ROOT) + " is given twice.");
      }
      return value;
    }

    private static String checkedHost(String value) throws BadHeadersException {
      boolean valid = !value.isEmpty();
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        boolean allowed =
            (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || ".-:[]_~%".indexOf(c) >= 0;
        valid &= allowed;
      }
      if (!valid) {
        throw bad("The Host header names no host.");
      }
      return value;
    }

    private RequestHeaders result() throws BadHeadersException {
      if (transferEncoding != null && !transferEncoding.equalsIgnoreCase("chunked")) {
        throw bad("The only Transfer-Encoding here is chunked.");
      }
      if (transferEncoding != null && contentLength != null) {
        throw bad("Content-Length and Transfer-Encoding exclude each other.");
      }
      if (contentEncoding != null && !contentEncoding.equalsIgnoreCase("identity")) {
        throw new BadHeadersException(415, "Bodies with a Content-Encoding are not read.");
      }
      if (expect != null && !expect.equalsIgnoreCase("100-continue")) {
        throw new BadHeadersException(417, "The only expectation met here is 100-continue.");
      }
      return new RequestHeaders(
          developer,
          idempotencyKey == null ? null : unquoted(idempotencyKey),
          minJournalPosition,
          lastEventId,
          ifMatch,
          traceparent != null && isTraceparent(traceparent) ? traceparent : null,
          accept,
          contentType == null ? null : mediaType(contentType),
          expect != null);
    }

    private static String unquoted(String key) {
      boolean quoted = key.length() >= 2 && key.startsWith("\"") && key.endsWith("\"");
      return quoted ? key.substring(1, key.length() - 1) : key;
    }

    /** A charset other than UTF-8 makes it another type, which then is not accepted. */
    private static String mediaType(String value) {
      String lower = value.toLowerCase(Locale.ROOT);
      int semicolon = lower.indexOf(';');
      if (semicolon < 0) {
        return lower.strip();
      }
      String parameters = lower.substring(semicolon + 1).replace("\"", "").strip();
      boolean otherCharset =
          parameters.startsWith("charset=") && !parameters.equals("charset=utf-8");
      return otherCharset ? lower : lower.substring(0, semicolon).strip();
    }

    private static boolean isTraceparent(String value) {
      if (value.length() != TRACEPARENT_LENGTH || value.startsWith("ff")) {
        return false;
      }
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        boolean dash = i == 2 || i == 35 || i == 52;
        boolean hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        if (dash ? c != '-' : !hex) {
          return false;
        }
      }
      return true;
    }
  }
}
