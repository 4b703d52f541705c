package io.phalanx.scheduler.journal;

/**
 * Who writes: a node that leads a cell in an epoch.
 *
 * @param cell whose journal it is
 * @param epoch that the node has claimed
 * @param node its id
 */
public record Author(String cell, long epoch, String node) {
  public Author {
    if (cell.isEmpty() || node.isEmpty() || epoch < 0) {
      throw new IllegalArgumentException("not an author: " + cell + ", " + epoch + ", " + node);
    }
  }
}
