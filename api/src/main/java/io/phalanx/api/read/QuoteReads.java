package io.phalanx.api.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.api.read.Past.Wanted;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.engine.HistoryKinds;
import io.phalanx.scheduler.id.QuoteId;
import io.phalanx.scheduler.proof.SignedDocument;
import io.phalanx.scheduler.quote.Quote;
import io.phalanx.scheduler.quote.QuoteState;
import io.phalanx.scheduler.view.QuoteView;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Quotes, open and over, as signed documents. May block for the history. */
public final class QuoteReads {

  private static final Wanted<Quote> QUOTES =
      Wanted.of(HistoryKinds.QUOTE, Quote.class, quote -> true);

  private final Engine engine;
  private final Past past;

  /** Reads of that engine. */
  public QuoteReads(Engine engine) {
    this.engine = engine;
    this.past = new Past(engine);
  }

  /** The quote while the state has it; does not block. */
  public Optional<Quote> live(QuoteId id) {
    return engine.replica().read(state -> state.quotes().find(id));
  }

  /** The quote, wherever it is. */
  public Optional<Quote> find(QuoteId id) {
    return live(id).or(() -> past.find(QUOTES, id.text()));
  }

  /**
   * Quotes by when they were asked for: what is open, and what is over.
   *
   * @param states any of these; empty for any at all
   * @param developers whose they are; empty for everybody's
   */
  public Page<ObjectNode> list(
      Set<QuoteState> states, Set<String> developers, PageRequest request) {
    Predicate<Quote> wanted =
        quote ->
            (states.isEmpty() || states.contains(quote.state()))
                && (developers.isEmpty() || developers.contains(quote.developer()));
    Set<Long> seen = new HashSet<>();
    Scan<Quote> live =
        engine
            .replica()
            .read(
                state ->
                    Scan.live(
                        state.quotes().inOrder(), state.quotes()::known, wanted, request, seen));
    boolean wantsEnded = states.isEmpty() || states.stream().anyMatch(QuoteState::isEnded);
    String owner = developers.size() == 1 ? developers.iterator().next() : "";
    Scan<Quote> ended =
        wantsEnded
            ? past.scan(QUOTES.ownedBy(owner), wanted, request, seen, live.stop())
            : Scan.nothing();
    return live.with(ended, request).map(this::document);
  }

  /** The quote as it stands; signed once it was offered. */
  public ObjectNode document(Quote quote) {
    ObjectNode document = CoreJson.shown().valueToTree(QuoteView.of(quote));
    return quote.standing().expiresAtMs() == null
        ? document.putNull("keyId").putNull("signature")
        : SignedDocument.sign(document, engine.receipts().keys().at(quote.requestedAtMs()));
  }

  /** The quote as it was first told: whatever became of it since is not signed. */
  public ObjectNode offer(Quote quote) {
    return document(quote).set("state", CoreJson.shown().valueToTree(QuoteState.OFFERED));
  }
}
