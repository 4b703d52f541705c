package io.phalanx.api.auth;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Structured fields (RFC 9651) as far as signatures need them: dictionaries of byte sequences and
 * of inner lists of strings, with parameters. Anything else is refused.
 *
 * <p>A value is a {@code Long}, a {@code Boolean}, a {@code String}, a {@link Token} or {@link
 * Bytes}.
 */
final class FieldParser {
  private static final int MAX_MEMBERS = 16;
  private static final int MAX_ITEMS = 32;
  private static final int MAX_DIGITS = 15;

  private final String text;
  private int at;

  private FieldParser(String text) {
    this.text = text;
  }

  /** A word without quotes. */
  record Token(String text) {}

  /** A byte sequence. */
  @SuppressWarnings("ArrayRecordComponent") // read only, never compared
  record Bytes(byte[] value) {}

  /** A value with its parameters, in their order. */
  record Item(Object value, Map<String, Object> parameters) {}

  /** Several items in parentheses, with parameters of the whole. */
  record InnerList(List<Item> items, Map<String, Object> parameters) {}

  /**
   * Reads a dictionary.
   *
   * @return an {@link Item} or an {@link InnerList} by key, in their order
   * @throws BadSignatureException if it is none, or is larger than anybody needs
   */
  static Map<String, Object> dictionary(String field) throws BadSignatureException {
    return new FieldParser(field).dictionary();
  }

  private Map<String, Object> dictionary() throws BadSignatureException {
    Map<String, Object> members = new LinkedHashMap<>();
    skip(" ");
    while (at < text.length()) {
      String key = key();
      Object member =
          take('=') ? (peek() == '(' ? innerList() : item()) : new Item(true, parameters());
      if (members.put(key, member) != null || members.size() > MAX_MEMBERS) {
        throw bad();
      }
      skip(" \t");
      if (at < text.length()) {
        expect(',');
        skip(" \t");
        if (at == text.length()) {
          throw bad();
        }
      }
    }
    return members;
  }

  private InnerList innerList() throws BadSignatureException {
    expect('(');
    List<Item> items = new ArrayList<>();
    skip(" ");
    while (!take(')')) {
      items.add(item());
      if (items.size() > MAX_ITEMS || (peek() != ' ' && peek() != ')')) {
        throw bad();
      }
      skip(" ");
    }
    return new InnerList(List.copyOf(items), parameters());
  }

  private Item item() throws BadSignatureException {
    return new Item(bare(), parameters());
  }

  private Map<String, Object> parameters() throws BadSignatureException {
    Map<String, Object> parameters = new LinkedHashMap<>();
    while (take(';')) {
      skip(" ");
      Object before = parameters.put(key(), take('=') ? bare() : (Object) true);
      if (before != null || parameters.size() > MAX_MEMBERS) {
        throw bad(); // RFC 9651 lets the last one win: here two readers could differ
      }
    }
    return parameters;
  }

  private String key() throws BadSignatureException {
    int from = at;
    while (at < text.length() && isOfKey(text.charAt(at), at == from)) {
      at++;
    }
    if (at == from) {
      throw bad();
    }
    return text.substring(from, at);
  }

  private static boolean isOfKey(char c, boolean first) {
    boolean letter = c >= 'a' && c <= 'z';
    return letter || c == '*' || (!first && ((c >= '0' && c <= '9') || "_-.".indexOf(c) >= 0));
  }

  private Object bare() throws BadSignatureException {
    char c = peek();
    if (c == '"') {
      return string();
    }
    if (c == ':') {
      return bytes();
    }
    if (c == '?') {
      return flag();
    }
    return c == '-' || (c >= '0' && c <= '9') ? integer() : token();
  }

  private String string() throws BadSignatureException {
    expect('"');
    StringBuilder value = new StringBuilder();
    while (true) {
      char c = next();
      if (c == '"') {
        return value.toString();
      }
      if (c == '\\') {
        c = next();
        if (c != '"' && c != '\\') {
          throw bad();
        }
      } else if (c < ' ' || c > '~') {
        throw bad();
      }
      value.append(c);
    }
  }

  private Bytes bytes() throws BadSignatureException {
    expect(':');
    int end = text.indexOf(':', at);
    if (end < 0) {
      throw bad();
    }
    String encoded = text.substring(at, end);
    at = end + 1;
    try {
      return new Bytes(Base64.getDecoder().decode(encoded));
    } catch (IllegalArgumentException notBase64) {
      throw bad();
    }
  }

  private Boolean flag() throws BadSignatureException {
    expect('?');
    char c = next();
    if (c != '0' && c != '1') {
      throw bad();
    }
    return c == '1';
  }

  private Long integer() throws BadSignatureException {
    int from = at;
    take('-');
    int digits = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == digits || at - digits > MAX_DIGITS || peek() == '.') {
      throw bad();
    }
    return Long.valueOf(text.substring(from, at));
  }

  private Token token() throws BadSignatureException {
    int from = at;
    while (at < text.length() && isOfToken(text.charAt(at), at == from)) {
      at++;
    }
    if (at == from) {
      throw bad();
    }
    return new Token(text.substring(from, at));
  }

  private static boolean isOfToken(char c, boolean first) {
    boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '*';
    return letter || (!first && ((c >= '0' && c <= '9') || "!#$%&'+-.^_`|~:/".indexOf(c) >= 0));
  }

  private void skip(String blanks) {
    while (at < text.length() && blanks.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  /** The next character; NUL, which no header holds, at the end. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private char next() throws BadSignatureException {
    if (at == text.length()) {
      throw bad();
    }
    return text.charAt(at++);
  }

  private boolean take(char wanted) {
    boolean there = peek() == wanted;
    at += there ? 1 : 0;
    return there;
  }

  private void expect(char wanted) throws BadSignatureException {
    if (!take(wanted)) {
      throw bad();
    }
  }

  private BadSignatureException bad() {
    return new BadSignatureException("A structured field breaks off at character " + at + ".");
  }
}
