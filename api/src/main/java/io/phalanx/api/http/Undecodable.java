package io.phalanx.api.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.phalanx.api.problem.Problem;
import io.phalanx.api.problem.ProblemKind;

/** What a client is told whose bytes are no HTTP. */
final class Undecodable {
  private Undecodable() {}

  static Problem problem(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      String sentence = "The request line is longer than " + HttpSettings.MAX_REQUEST_LINE + ".";
      return Problem.of(ProblemKind.TOO_LARGE, 414, sentence);
    }
    if (cause instanceof TooLongHttpHeaderException) {
      String sentence = "The headers are longer than " + HttpSettings.MAX_HEADER_BYTES + " bytes.";
      return Problem.of(ProblemKind.TOO_LARGE, 431, sentence);
    }
    return Problem.of(ProblemKind.MALFORMED, "The request is not well-formed HTTP.");
  }
}
