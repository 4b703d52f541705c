package io.phalanx.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.codec.EventCodec;
import io.phalanx.scheduler.event.AccountEvent.Deposited;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.SystemEvent.LeaderTookOver;
import io.phalanx.scheduler.journal.JournalRow;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RehearsalTest {
  @Nested
  class Run {
    @Test
    void comesAsFarAsARowWithATakeoverAndAWrite() {
      JournalRow row = Rehearsal.run("main", "node-1");

      List<Event> events = new ArrayList<>();
      new EventCodec().decode(row.body(), row.first(), stamped -> events.add(stamped.event()));
      assertThat(row.isSealedFor("main")).isTrue();
      assertThat(events).hasAtLeastOneElementOfType(LeaderTookOver.class);
      assertThat(events).hasAtLeastOneElementOfType(Deposited.class);
    }
  }
}
