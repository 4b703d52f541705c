package io.phalanx.api.json;

import tools.jackson.databind.JsonNode;

/** What came of reading a JSON text: a tree, or the reason why there is none. */
public sealed interface Parsed {

  /**
   * A text that is JSON within all limits.
   *
   * @param root what it says
   * @param hasFractions whether a number in it is written with a fraction or an exponent
   */
  record Document(JsonNode root, boolean hasFractions) implements Parsed {}

  /**
   * A text that is not.
   *
   * @param detail one sentence for the person who sent it
   * @param offset the byte at which it was noticed, counted from 0
   */
  record Malformed(String detail, long offset) implements Parsed {}
}
