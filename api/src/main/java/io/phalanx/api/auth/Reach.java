package io.phalanx.api.auth;

/** How far a role reaches with one operation. */
public enum Reach {
  /** Nowhere: the operation is for others. */
  NONE("–"),
  /** Its own things; another's are not there. */
  OWN("own"),
  /** Its own things whole, and the public part of another's. */
  OWN_ELSE_PUBLIC("own, else public part"),
  /** The public part of anybody's. */
  PUBLIC_PART("public part"),
  /** Settlements with its own lines. */
  OWN_LINES("own lines"),
  /** Anything, for whoever it belongs to is proved otherwise. */
  RELAY("relay"),
  /** Everybody's. */
  ALL("all");

  private final String word;

  Reach(String word) {
    this.word = word;
  }

  /** The word that the documents use. */
  public String word() {
    return word;
  }
}
