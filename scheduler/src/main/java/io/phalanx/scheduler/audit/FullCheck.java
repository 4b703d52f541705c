package io.phalanx.scheduler.audit;

import io.phalanx.scheduler.audit.DeploymentFacts.SlotFacts;
import io.phalanx.scheduler.audit.MinerFacts.Place;
import io.phalanx.scheduler.id.MinerId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds everything up anew: what the running checks keep must be what the parts say. */
final class FullCheck {

  private final Books books;
  private final DeploymentBook deploymentBook;

  FullCheck(Books books) {
    this.books = books;
    this.deploymentBook = new DeploymentBook(books);
  }

  /** How much there is to look at. */
  int size() {
    return books.miners.size()
        + books.deployments.size()
        + books.live.size()
        + books.money.accounts();
  }

  void run() {
    checkMiners();
    checkDeployments();
    boolean zero = books.money.sum().signum() == 0;
    books.findings.check(zero, 5, () -> "all accounts sum to " + books.money.sum());
  }

  private void checkMiners() {
    Map<MinerId, Integer> live = new HashMap<>();
    books.live.values().forEach(assignment -> live.merge(assignment.miner.id, 1, Integer::sum));
    for (MinerFacts miner : books.miners.values()) {
      int count = live.getOrDefault(miner.id, 0);
      int expected = miner.place == Place.ACTIVE ? 1 : 0;
      books.findings.check(
          count == expected,
          1,
          () -> miner + " is " + miner.place + " and has " + count + " live assignments");
    }
  }

  private void checkLives(DeploymentFacts deployment, @Nullable AssignmentFacts live) {
    books.findings.check(
        live == null || (live.isLive() && books.live.containsKey(live.id)),
        1,
        () -> deployment + " counts on " + live + ", which has ended");
  }

  private void checkDeployments() {
    for (DeploymentFacts deployment : books.deployments.values()) {
      deploymentBook.balance(deployment);
      for (SlotFacts slot : deployment.slots) {
        checkLives(deployment, slot.live);
        checkLives(deployment, slot.leaving);
      }
    }
  }
}
