package io.phalanx.scheduler.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.history.HistoryLine;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.state.Change.EntryChange;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.view.EntryView;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Lines of developers' ledgers as the history keeps them: without what their place tells. */
public final class LedgerLines {

  private static final int LINE_BYTES = 160;

  private LedgerLines() {}

  private record Kept(
      long t,
      String kind,
      Amount amount,
      Amount balance,
      @Nullable DeploymentId of,
      @Nullable String ref) {}

  /** Field by field, as there is one for every deployment that is accepted. */
  static HistoryLine line(EntryChange change, Moment moment) {
    DeploymentId deployment = change.deploymentId();
    String reference = change.reference();
    try (ByteArrayBuilder bytes = new ByteArrayBuilder(LINE_BYTES);
        JsonGenerator out = CoreJson.stored().createGenerator(bytes)) {
      out.writeStartObject();
      out.writeNumberField("t", moment.atMs());
      out.writeStringField("kind", change.kind());
      out.writeStringField("amount", change.amount().toString());
      out.writeStringField("balance", change.balance().toString());
      if (deployment != null) {
        out.writeStringField("of", deployment.text());
      }
      if (reference != null) {
        out.writeStringField("ref", reference);
      }
      out.writeEndObject();
      out.flush();
      return new HistoryLine(change.developer(), moment.position(), bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("a ledger line cannot be written", e);
    }
  }

  /** The line as callers see it. */
  public static EntryView view(HistoryLine line) {
    try {
      Kept kept = CoreJson.stored().readValue(line.body(), Kept.class);
      return EntryView.of(
          new EntryChange(line.owner(), kept.kind, kept.amount, kept.balance, kept.of, kept.ref),
          new Moment(line.position(), kept.t));
    } catch (IOException e) {
      throw new UncheckedIOException("ledger line " + line.position() + " cannot be read", e);
    }
  }
}
