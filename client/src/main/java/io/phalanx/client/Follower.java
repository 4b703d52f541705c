package io.phalanx.client;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Follows one stream over as many connections as that takes. */
final class Follower {
  private static final long FIRST_PAUSE_MS = 250;
  private static final long LONGEST_PAUSE_MS = 5_000;

  /** A cluster has another leader long before. */
  private static final long GIVE_UP_AFTER_MS = 60_000;

  private final PhalanxClient client;
  private final String path;
  private final Predicate<ServerEvent> wanted;
  private Optional<String> last = Optional.empty();
  private boolean enough;
  private boolean wasThere;
  private long pauseMs = FIRST_PAUSE_MS;
  private long waitedMs;

  Follower(PhalanxClient client, String path, Predicate<ServerEvent> wanted) {
    this.client = client;
    this.path = path;
    this.wanted = wanted;
  }

  void run() throws RefusedException, UnreachableException, InterruptedException {
    while (true) {
      try {
        client.follow(path, last, this::take);
        reached();
      } catch (UnreachableException e) {
        if (!mayComeBack()) {
          throw e;
        }
      } catch (RefusedException e) {
        if (e.status() < 500 || !mayComeBack()) {
          throw e;
        }
      }
      if (enough) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(pauseMs);
      waitedMs += pauseMs;
      pauseMs = Math.min(LONGEST_PAUSE_MS, 2 * pauseMs);
    }
  }

  private boolean take(ServerEvent event) {
    reached();
    last = event.id().isEmpty() ? last : Optional.of(event.id());
    enough = !wanted.test(event);
    return !enough;
  }

  private void reached() {
    wasThere = true;
    pauseMs = FIRST_PAUSE_MS;
    waitedMs = 0;
  }

  /** What was never there is said at once. */
  private boolean mayComeBack() {
    return wasThere && waitedMs < GIVE_UP_AFTER_MS;
  }
}
