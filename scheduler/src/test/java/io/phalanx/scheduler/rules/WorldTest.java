package io.phalanx.scheduler.rules;

import io.phalanx.scheduler.world.World;
import org.junit.jupiter.api.AfterEach;

/** A rule's test: whatever happens in it, the audit finds nothing and the replay is the same. */
abstract class WorldTest {

  final World world = new World();

  @AfterEach
  void everyInvariantHolds() {
    world.holds();
  }
}
