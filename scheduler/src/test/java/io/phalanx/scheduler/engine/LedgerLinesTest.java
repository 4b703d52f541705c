package io.phalanx.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.state.Change.EntryChange;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.view.EntryView;
import java.math.BigInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is kept of a ledger line is all that callers see. */
final class LedgerLinesTest {

  private static final Moment MOMENT = new Moment(4711, 1_767_268_800_123L);

  static Stream<EntryChange> changes() {
    Amount large = new Amount(new BigInteger("9".repeat(30)));
    return Stream.of(
        new EntryChange("dev", "hold", Amount.of(5), large, new DeploymentId("d-3"), null),
        new EntryChange("dev", "deposit", large, large, null, "r \"1\"\n\u00e9"),
        new EntryChange("dev", "withdrawal", Amount.ZERO, Amount.of(Long.MAX_VALUE), null, null));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void readsBackWhatItWrote(EntryChange change) {
    assertThat(LedgerLines.view(LedgerLines.line(change, MOMENT)))
        .isEqualTo(EntryView.of(change, MOMENT));
  }
}
