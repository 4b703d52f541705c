package io.phalanx.api.problem;

/**
 * One thing wrong with a request.
 *
 * @param in where it is
 * @param pointer RFC 6901 pointer into the body, or {@code /name} of the parameter or header
 * @param detail what is wrong with it, so that a person can mend it
 */
public record Fault(Place in, String pointer, String detail) {

  /** A part of a request. */
  public enum Place {
    BODY,
    QUERY,
    HEADER
  }

  /** A fault of the body. */
  public static Fault body(String pointer, String detail) {
    return new Fault(Place.BODY, pointer, detail);
  }

  /** A fault of a query parameter. */
  public static Fault query(String name, String detail) {
    return new Fault(Place.QUERY, "/" + name, detail);
  }

  /** A fault of a header. */
  public static Fault header(String name, String detail) {
    return new Fault(Place.HEADER, "/" + name, detail);
  }
}
