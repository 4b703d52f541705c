package io.phalanx.cluster.lead;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who leads, as far as this node knows: of what it hears, the highest epoch counts. */
public final class Leaders {
  private final List<Consumer<Leader>> listeners = new CopyOnWriteArrayList<>();
  private volatile @Nullable Leader newest;

  /**
   * A leader.
   *
   * @param node its name
   * @param epoch in which it leads
   */
  public record Leader(String node, long epoch) {}

  /** Who led last. */
  public Optional<Leader> newest() {
    return Optional.ofNullable(newest);
  }

  /** Hears of each leader that is newer than those before; must be quick. */
  public void onChange(Consumer<Leader> listener) {
    listeners.add(listener);
  }

  /** Somebody leads; without effect if that is no news. */
  public void leads(String node, long epoch) {
    Leader leader = new Leader(node, epoch);
    synchronized (this) {
      Leader before = newest;
      if (before != null && before.epoch() >= epoch) {
        return;
      }
      newest = leader;
    }
    listeners.forEach(listener -> listener.accept(leader));
  }
}
