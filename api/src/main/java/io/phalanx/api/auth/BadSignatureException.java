package io.phalanx.api.auth;

/** What claims to be a signature is none; the sentence is for its sender. */
final class BadSignatureException extends Exception {
  private static final long serialVersionUID = 1L;
  private final String sentence;

  BadSignatureException(String sentence) {
    super(sentence, null, false, false);
    this.sentence = sentence;
  }

  String sentence() {
    return sentence;
  }
}
