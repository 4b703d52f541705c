package io.phalanx.loadtests.scale;

/** What is asked, and of whom. */
enum Load {
  /** Nothing is asked; what the nodes use then is taken off everything else. */
  IDLE("idle", Where.NONE),
  /** The same body as a write's: read, checked and answered, nothing decided or kept. */
  ECHO_ONE("echo, one node asked", Where.FOLLOWER),
  ECHO_ALL("echo, all nodes asked", Where.ALL),
  /** One deployment by its id. */
  READ_ONE("read, one node asked", Where.FOLLOWER),
  READ_ALL("read, all nodes asked", Where.ALL),
  /** The same with a position that the node must have come to, and has. */
  READ_AT_ONE("read from a position on, one node asked", Where.FOLLOWER),
  /** Durable deployments, taken by the node that leads. */
  WRITE_DIRECT("write, the leader asked", Where.LEADER),
  /** The same taken by another node, which brings them to the leader. */
  WRITE_FORWARDED("write, a follower asked", Where.FOLLOWER),
  WRITE_ALL("write, all nodes asked", Where.ALL);

  /** Which nodes are asked. A node that is alone leads, so it is asked as its follower. */
  enum Where {
    NONE,
    LEADER,
    FOLLOWER,
    ALL
  }

  private final String title;
  private final Where where;

  Load(String title, Where where) {
    this.title = title;
    this.where = where;
  }

  String title() {
    return title;
  }

  Where where() {
    return where;
  }

  /** Whether it says anything else of one node than another kind does. */
  boolean isOf(int nodes) {
    return nodes > 1
        || switch (this) {
          case IDLE, ECHO_ONE, READ_ONE, READ_AT_ONE, WRITE_DIRECT -> true;
          case ECHO_ALL, READ_ALL, WRITE_FORWARDED, WRITE_ALL -> false;
        };
  }

  boolean isWrite() {
    return switch (this) {
      case WRITE_DIRECT, WRITE_FORWARDED, WRITE_ALL -> true;
      case IDLE, ECHO_ONE, ECHO_ALL, READ_ONE, READ_ALL, READ_AT_ONE -> false;
    };
  }
}
