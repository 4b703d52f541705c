package io.phalanx.api.auth;

/** Decides who comes in. */
@FunctionalInterface
public interface Gate {

  /** Lets everybody in: open mode. */
  Gate OPEN = head -> Entry.OPEN;

  /** Judges a request by its head alone, so that a body nobody wants is never waited for. */
  Entry enter(Head head);
}
