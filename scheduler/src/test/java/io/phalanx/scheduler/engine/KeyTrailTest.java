package io.phalanx.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.event.SystemEvent.HistoryKept;
import io.phalanx.scheduler.event.SystemEvent.KeyRemembered;
import io.phalanx.scheduler.history.HistoryKey;
import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.state.ChangeListener;
import io.phalanx.scheduler.state.State;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Keys on their way from the state to the history. */
final class KeyTrailTest {

  private final KeyTrail trail = new KeyTrail();

  private static KeyMark mark(long number) {
    return KeyMark.of("scope " + number, new byte[0]);
  }

  private static StampedEvent used(long position) {
    return at(position, new KeyRemembered(mark(position), NullNode.getInstance()));
  }

  private static StampedEvent at(long position, Event event) {
    return new StampedEvent(event, new Moment(position, 1_000 * position));
  }

  private static HistoryKey key(long position) {
    return new HistoryKey(mark(position), position, 1_000 * position);
  }

  @Nested
  class Take {

    @Test
    void isOldestFirstUpToAPosition() {
      trail.follow(List.of(used(1), used(2), used(3)));
      assertThat(trail.take(2)).containsExactly(key(1), key(2));
      assertThat(trail.take(9)).containsExactly(key(3));
    }
  }

  @Nested
  class Follow {

    @Test
    void handsOutWhatLeftTheStateUnwritten() {
      assertThat(trail.follow(List.of(used(1), used(2), at(3, new HistoryKept(2, 1)), used(4))))
          .containsExactly(key(1));
      assertThat(trail.take(9)).containsExactly(key(2), key(4));
    }

    @Test
    void handsOutNothingThatWasTaken() {
      trail.follow(List.of(used(1), used(2)));
      trail.take(1);
      assertThat(trail.follow(List.of(at(3, new HistoryKept(1, 1))))).isEmpty();
    }
  }

  @Nested
  class Start {

    @Test
    void takesOverWhatASnapshotHasAsUsedWhenItWasTaken() {
      State state = new State(ChangeListener.NONE);
      state.apply(used(1).event(), new Moment(1, 1_000));
      state.apply(used(2).event(), new Moment(2, 2_000));
      trail.start(new State(state.image(), ChangeListener.NONE));
      assertThat(trail.take(9))
          .containsExactly(new HistoryKey(mark(1), 1, 2_000), new HistoryKey(mark(2), 2, 2_000));
    }
  }
}
