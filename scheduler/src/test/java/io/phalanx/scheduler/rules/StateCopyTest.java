package io.phalanx.scheduler.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.command.AccountCommand.Deposit;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.state.StateImage;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.world.World;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A copy of the state is of its moment, whenever it is put in order. */
final class StateCopyTest {
  private final World world = new World();

  private static String text(StateImage image) throws JsonProcessingException {
    return CoreJson.stored().writeValueAsString(image);
  }

  @Test
  void doesNotChangeWithTheState() throws JsonProcessingException {
    AssignmentId first = world.running(world.create(), world.idle("a"));
    world.charge(first, 1, 10);
    Supplier<StateImage> copy = world.state().copy();
    String before = text(world.state().image());

    world.charge(first, 2, 20);
    world.running(world.create(), world.idle("b"));
    world.done(new Deposit(World.DEVELOPER, Amount.of(7), "later", Amount.ZERO));
    world.pass(Duration.ofMinutes(10));

    assertThat(text(copy.get())).isEqualTo(before).isNotEqualTo(text(world.state().image()));
  }
}
