package io.phalanx.scheduler.access;

/**
 * Who asks, as the border has proved it.
 *
 * @param role what it is to the service
 * @param name the developer or operator it acts for; a miner's is its id
 * @param keyId the API key it presented; a miner that signs with its own key: its id
 */
public record Caller(Role role, String name, String keyId) {

  private static final String NO_KEY = "";

  /** Whoever changes the service in open mode, where nobody is asked for a key. */
  public static final Caller OPEN = new Caller(Role.ADMIN, "open", NO_KEY);

  /** The node itself, by its configuration. */
  public static Caller node(String nodeId) {
    return new Caller(Role.ADMIN, nodeId, NO_KEY);
  }

  /** A miner that signs with its own key. */
  public static Caller miner(String minerId) {
    return new Caller(Role.MINER, minerId, minerId);
  }

  /** Whether no key stands behind it: nobody outside can present such a one. */
  public boolean isKeyless() {
    return keyId.equals(NO_KEY);
  }

  /** Whether a miner's own key stands behind it, and no API key. */
  public boolean isMinerItself() {
    return role == Role.MINER && keyId.equals(name);
  }

  /** Whether it has that role and acts for that name. */
  public boolean is(Role wanted, String wantedName) {
    return role == wanted && name.equals(wantedName);
  }
}
