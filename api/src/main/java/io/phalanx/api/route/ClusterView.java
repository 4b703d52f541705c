package io.phalanx.api.route;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cluster as this node sees it. */
public interface ClusterView {

  /**
   * A node.
   *
   * @param id its name
   * @param leader whether it leads
   * @param position how far it is
   */
  record Node(String id, boolean leader, long position) {}

  /** All that are there, this one too, by name. */
  List<Node> nodes();

  /** Who leads, if anybody is known to. */
  default @Nullable String leader() {
    return nodes().stream().filter(Node::leader).map(Node::id).findFirst().orElse(null);
  }
}
