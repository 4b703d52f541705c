package io.phalanx.scheduler.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.phalanx.scheduler.codec.EventCodec;
import io.phalanx.scheduler.codec.ImageCodec;
import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.event.CorruptStateException;
import io.phalanx.scheduler.proof.Receipt;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/**
 * Whatever stands in a journal's row, in a snapshot or in a receipt's id, it is read or refused by
 * the exception that says so. Inputs worth keeping stand in the resources; {@code JAZZER_FUZZ=1}
 * looks for more.
 */
@EnabledForJreRange(max = JRE.JAVA_21) // the fuzzer cannot instrument classes of newer ones
final class ParserFuzzTest {
  private static final EventCodec CODEC = new EventCodec();

  @FuzzTest
  void journalRow(byte[] body) {
    List<StampedEvent> events = new ArrayList<>();
    try {
      CODEC.decode(body, 1, events::add);
    } catch (CorruptStateException refused) {
      return;
    }
    byte[] written = CODEC.encode(events);
    List<StampedEvent> again = new ArrayList<>();
    CODEC.decode(written, 1, again::add);
    if (!Arrays.equals(CODEC.encode(again), written)) {
      throw new IllegalStateException("what was written is read as something else");
    }
  }

  @FuzzTest
  void oneEventOfARow(byte[] body) {
    try {
      CODEC.decodeOne(body, 1, 2);
    } catch (CorruptStateException refused) {
      return;
    }
  }

  @FuzzTest
  void snapshot(byte[] image) {
    try {
      ImageCodec.read(new ByteArrayInputStream(image));
    } catch (IOException refused) {
      return;
    }
  }

  @FuzzTest
  void receiptId(byte[] text) {
    String id = new String(text, StandardCharsets.UTF_8);
    Receipt.positionOf(id)
        .filter(position -> !Receipt.idAt(position).equals(id))
        .ifPresent(
            position -> {
              throw new IllegalStateException("two ids of one receipt");
            });
  }
}
