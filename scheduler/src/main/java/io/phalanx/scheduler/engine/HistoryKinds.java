package io.phalanx.scheduler.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.deployment.Progress;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.history.HistoryItem;
import io.phalanx.scheduler.quote.Quote;
import io.phalanx.scheduler.round.CommittedRound;
import io.phalanx.scheduler.settlement.Settlement;
import io.phalanx.scheduler.state.Change.AdminChange;
import io.phalanx.scheduler.state.Change.AssignmentChange;
import io.phalanx.scheduler.state.Change.CollateralChange;
import io.phalanx.scheduler.state.Change.DeploymentChange;
import io.phalanx.scheduler.state.Change.EntryChange;
import io.phalanx.scheduler.state.Change.EvidenceChange;
import io.phalanx.scheduler.state.Change.QuoteChange;
import io.phalanx.scheduler.state.Change.RoundChange;
import io.phalanx.scheduler.state.Change.SettlementChange;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.view.AuditView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** What goes to the history under which kind, and how it is read back. */
public final class HistoryKinds {

  /** Ended deployments; owner: the developer. */
  public static final String DEPLOYMENT = "deployment";

  /** Ended assignments; owner: the deployment. */
  public static final String ASSIGNMENT = "assignment";

  /** Settlements. */
  public static final String SETTLEMENT = "settlement";

  /** Rounds. */
  public static final String ROUND = "round";

  /** Quotes that are over; owner: the developer. */
  public static final String QUOTE = "quote";

  /** What admins did. */
  public static final String AUDIT = "audit";

  /** The evidence that a miner stands on, under its id: only the newest. */
  public static final String EVIDENCE = "evidence";

  /** Collateral, under its hash. */
  public static final String COLLATERAL = "collateral";

  private HistoryKinds() {}

  /** The item that a change makes, if it makes one. */
  static Optional<HistoryItem> item(StampedChange stamped) {
    long position = stamped.moment().position();
    long atMs = stamped.moment().atMs();
    if (stamped.change() instanceof DeploymentChange change) {
      Deployment deployment = change.deployment();
      Progress.Ending ended = deployment.progress().ended();
      return ended == null
          ? Optional.empty()
          : Optional.of(
              item(
                  DEPLOYMENT,
                  deployment.id().text(),
                  deployment.developer(),
                  new Span(deployment.createdPosition(), ended.position(), atMs),
                  deployment));
    }
    if (stamped.change() instanceof AssignmentChange change) {
      Assignment assignment = change.assignment();
      Assignment.Ending ended = assignment.ended();
      return ended == null
          ? Optional.empty()
          : Optional.of(
              item(
                  ASSIGNMENT,
                  assignment.id().text(),
                  assignment.deploymentId().text(),
                  new Span(assignment.epoch(), ended.position(), atMs),
                  assignment));
    }
    if (stamped.change() instanceof SettlementChange change) {
      Settlement settlement = change.settlement();
      Span span = new Span(settlement.number(), position, atMs);
      return Optional.of(
          item(SETTLEMENT, String.valueOf(settlement.number()), "", span, settlement));
    }
    if (stamped.change() instanceof RoundChange change) {
      CommittedRound round = change.round();
      Span span = new Span(round.record().number(), position, atMs);
      return Optional.of(item(ROUND, String.valueOf(round.record().number()), "", span, round));
    }
    if (stamped.change() instanceof QuoteChange change) {
      return item(change.quote(), atMs);
    }
    if (stamped.change() instanceof AdminChange change) {
      AuditView line = AuditView.of(change.event(), stamped.moment());
      return Optional.of(item(AUDIT, line.id(), "", new Span(position, position, atMs), line));
    }
    if (stamped.change() instanceof EvidenceChange change) {
      Span span = new Span(position, position, atMs);
      return Optional.of(item(EVIDENCE, change.minerId().text(), "", span, change.file()));
    }
    if (stamped.change() instanceof CollateralChange change) {
      Span span = new Span(position, position, atMs);
      String hash = change.collateral().ref().hash();
      return Optional.of(item(COLLATERAL, hash, "", span, change.collateral()));
    }
    return Optional.empty();
  }

  private static Optional<HistoryItem> item(Quote quote, long atMs) {
    Span span = new Span(quote.requestedPosition(), quote.standing().position(), atMs);
    return quote.state().isEnded()
        ? Optional.of(item(QUOTE, quote.id().text(), quote.developer(), span, quote))
        : Optional.empty();
  }

  /** A deployment that had left the state when a charge to it was taken back. */
  static HistoryItem corrected(HistoryItem before, StampedChange correction) {
    Amount amount = ((EntryChange) correction.change()).amount();
    Moment moment = correction.moment();
    return item(
        before.kind(),
        before.id(),
        before.owner(),
        new Span(before.created(), moment.position(), moment.atMs()),
        body(before, Deployment.class).refunded(amount));
  }

  private record Span(long created, long ended, long atMs) {}

  private static HistoryItem item(String kind, String id, String owner, Span span, Object body) {
    try {
      byte[] bytes = CoreJson.stored().writeValueAsBytes(body);
      return new HistoryItem(kind, id, owner, span.created(), span.ended(), span.atMs(), bytes);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a history item cannot be written", e);
    }
  }

  /** The thing that an item keeps. */
  public static <T> T body(HistoryItem item, Class<T> type) {
    try {
      return CoreJson.stored().readValue(item.body(), type);
    } catch (IOException e) {
      throw new UncheckedIOException("history item " + item.id() + " cannot be read", e);
    }
  }
}
