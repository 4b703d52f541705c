package io.phalanx.scheduler.audit;

import io.phalanx.scheduler.event.AssignmentEvent.AssignmentOffered;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.event.SystemEvent.RoundCommitted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rounds: their offers follow them at once, gangs whole, and nobody is passed over. */
final class RoundBook {

  private final Books books;
  private final FairnessCheck fairness;
  private final List<AssignmentFacts> offers = new ArrayList<>();
  private long lastNumber;
  private long basePosition;
  private int offersDue;

  RoundBook(Books books) {
    this.books = books;
    this.fairness = new FairnessCheck(books);
  }

  void before(Event event) {
    if (event instanceof AssignmentOffered) {
      books.findings.check(offersDue > 0, 2, () -> "an offer outside a round");
    } else if (offersDue > 0) {
      books.findings.report(2, "round " + lastNumber + " lacks " + offersDue + " of its offers");
      finish();
    }
  }

  void take(RoundCommitted event) {
    long number = event.round().number();
    long before = lastNumber;
    books.findings.check(
        number == before + 1, 7, () -> "round " + number + " follows round " + before);
    lastNumber = number;
    basePosition = event.round().basePosition();
    offersDue = event.round().placedReplicas();
  }

  void take(AssignmentOffered event, Moment moment) {
    AssignmentFacts offer = books.assignments.get(event.assignmentId());
    if (offer != null) {
      offers.add(offer);
    }
    if (offersDue > 0 && --offersDue == 0) {
      fairness.check(offers, basePosition, moment);
      finish();
    }
  }

  /** An offer on the terms of a quote: the quote has won enough miners in its round. */
  void redeem(AssignmentOffered event) {
    DeploymentFacts deployment = books.deployments.get(event.deploymentId());
    if (deployment != null) {
      DeploymentBook.place(deployment);
    }
  }

  /** The round is whole: until a deployment was first Placed it gets enough miners or none. */
  private void finish() {
    Map<DeploymentFacts, Integer> byDeployment = new LinkedHashMap<>();
    offers.forEach(offer -> byDeployment.merge(offer.deployment, 1, Integer::sum));
    byDeployment.forEach(
        (deployment, offered) -> {
          DeploymentBook.place(deployment);
          books.findings.check(
              deployment.everPlaced, 2, () -> deployment + " is offered only " + offered);
        });
    offers.clear();
    offersDue = 0;
  }
}
