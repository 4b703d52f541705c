package io.phalanx.scheduler.policy;

/**
 * What one caller may take up. Without effect in open mode.
 *
 * @param pendingPerDeveloper most deployments of a developer that wait at a time
 */
public record AccessRules(int pendingPerDeveloper) {

  /** The figures of a new network. */
  public static final AccessRules DEFAULT = new AccessRules(10_000);
}
