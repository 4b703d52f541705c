package io.phalanx.scheduler.decide;

import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.state.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When the leader last heard whom. It is the leader's memory, not state: only its consequences are
 * events, and a new leader starts everyone's window afresh.
 */
public final class Liveness {

  private final LinkedHashMap<MinerId, Long> awaited = new LinkedHashMap<>();
  private final Map<MinerId, Long> sequences = new HashMap<>();
  private final Map<MinerId, Long> lastHeardMs = new ConcurrentHashMap<>();
  private final Deque<Long> activeSilencesMs = new ArrayDeque<>();

  /** Opens a fresh window for everyone who takes part. */
  public void startAfresh(State state, long atMs) {
    awaited.clear();
    activeSilencesMs.clear();
    for (MinerId id : state.miners().inOrder().values()) {
      Miner miner = state.miners().known(id);
      if (miner.state().takesPart() && miner.standing().responsive()) {
        await(id, atMs);
      }
    }
  }

  /** When the miner was last heard by this process, Unix milliseconds; safe from any thread. */
  public Optional<Long> lastHeardMs(MinerId id) {
    return Optional.ofNullable(lastHeardMs.get(id));
  }

  /** Opens a window for that miner. */
  void await(MinerId id, long atMs) {
    awaited.remove(id);
    awaited.put(id, atMs);
  }

  /** Expects nothing of that miner any more. */
  void dismiss(MinerId id) {
    awaited.remove(id);
  }

  /** Whether the heartbeat is newer than any before; then it is a sign of life. */
  boolean hear(MinerId id, long sequence, long atMs) {
    Long last = sequences.get(id);
    if (last != null && sequence <= last) {
      return false;
    }
    sequences.put(id, sequence);
    lastHeardMs.put(id, atMs);
    return true;
  }

  /** Those not heard for longer than the window, oldest first; they are not awaited any more. */
  List<MinerId> takeSilent(long windowMs, long atMs) {
    List<MinerId> silent = new ArrayList<>();
    for (Map.Entry<MinerId, Long> entry : awaited.entrySet()) {
      if (atMs - entry.getValue() <= windowMs) {
        break;
      }
      silent.add(entry.getKey());
    }
    silent.forEach(awaited::remove);
    return silent;
  }

  /** Counts an Active miner's silence; returns how many there were within the window. */
  int countActiveSilence(long windowMs, long atMs) {
    activeSilencesMs.addLast(atMs);
    while (atMs - activeSilencesMs.getFirst() > windowMs) {
      activeSilencesMs.removeFirst();
    }
    return activeSilencesMs.size();
  }
}
