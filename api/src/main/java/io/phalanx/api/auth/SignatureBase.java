package io.phalanx.api.auth;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a request's signature is made over (RFC 9421 §2). */
final class SignatureBase {

  private final Head head;

  SignatureBase(Head head) {
    this.head = head;
  }

  /**
   * The bytes that were signed.
   *
   * @throws BadSignatureException if it covers something that this request does not have
   */
  byte[] of(SignatureInput input) throws BadSignatureException {
    StringBuilder base = new StringBuilder(256);
    for (String component : input.components()) {
      base.append('"').append(component).append("\": ").append(value(component)).append('\n');
    }
    base.append("\"@signature-params\": ").append(input.parameters());
    return base.toString().getBytes(StandardCharsets.UTF_8);
  }

  private String value(String component) throws BadSignatureException {
    return component.startsWith("@") ? derived(component) : field(component);
  }

  private String derived(String component) throws BadSignatureException {
    return switch (component) {
      case "@method" -> head.method();
      case "@scheme" -> scheme();
      case "@authority" -> authority();
      case "@request-target" -> head.uri();
      case "@target-uri" -> scheme() + "://" + authority() + withoutOrigin();
      case "@path" -> path();
      case "@query" -> query();
      default -> throw new BadSignatureException("This component is not known: " + component);
    };
  }

  private String scheme() {
    return head.secure() ? "https" : "http";
  }

  /** RFC 9421 §2.2.3: lower case, without the port that the scheme has anyway. */
  private String authority() throws BadSignatureException {
    String host = head.headers().get("Host");
    if (host == null) {
      throw new BadSignatureException("A signed request has a Host.");
    }
    String lower = host.toLowerCase(Locale.ROOT);
    String usual = head.secure() ? ":443" : ":80";
    return lower.endsWith(usual) ? lower.substring(0, lower.length() - usual.length()) : lower;
  }

  /** Clients of proxies send the whole URI; its authority is the Host header's business. */
  private String withoutOrigin() {
    String uri = head.uri();
    if (uri.startsWith("/")) {
      return uri;
    }
    int slash = uri.indexOf('/', uri.indexOf("//") + 2);
    return slash < 0 ? "/" : uri.substring(slash);
  }

  private String path() {
    String target = withoutOrigin();
    int mark = target.indexOf('?');
    return mark < 0 ? target : target.substring(0, mark);
  }

  private String query() {
    String target = withoutOrigin();
    int mark = target.indexOf('?');
    return mark < 0 ? "?" : target.substring(mark);
  }

  private String field(String name) throws BadSignatureException {
    MultiMap headers = head.headers();
    List<String> values = headers.getAll(name);
    if (values.isEmpty() || !name.equals(name.toLowerCase(Locale.ROOT))) {
      throw new BadSignatureException("It covers a header that is not there: " + name);
    }
    return values.stream().map(String::strip).collect(Collectors.joining(", "));
  }
}
