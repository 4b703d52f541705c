package io.phalanx.scheduler.decision;

import org.jspecify.annotations.Nullable;

/**
 * Why a command was refused, in words for the caller.
 *
 * @param refusal the rule
 * @param detail one sentence
 * @param required what a guard needs, if it is one
 * @param actual what there is instead
 * @param pointer the request field at fault, as a JSON pointer, if one is
 */
public record Rejection(
    Refusal refusal,
    String detail,
    @Nullable String required,
    @Nullable String actual,
    @Nullable String pointer) {

  /** A refusal in one sentence. */
  public static Rejection of(Refusal refusal, String detail) {
    return new Rejection(refusal, detail, null, null, null);
  }

  /** A refusal by a guard, with what it needs and what there is. */
  public static Rejection guard(Refusal refusal, String detail, String required, String actual) {
    return new Rejection(refusal, detail, required, actual, null);
  }

  /** A refusal of one field. */
  public static Rejection field(Refusal refusal, String pointer, String detail) {
    return new Rejection(refusal, detail, null, null, pointer);
  }
}
