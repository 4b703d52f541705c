package io.phalanx.scheduler.snapshot;

import io.phalanx.scheduler.journal.JournalHead;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Keeps the newest two snapshots. They only make a start quicker: losing all of them loses nothing.
 */
public interface SnapshotStore {
  /** Writes the state to a stream; need not buffer, must not close it. */
  @FunctionalInterface
  interface Writer {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Makes something of a snapshot.
   *
   * @param <T> what it becomes
   */
  @FunctionalInterface
  interface Reader<T> {
    /**
     * Reads it to its end.
     *
     * @param at the journal's head when it was taken; the tail is read after it
     * @param in the bytes that were written, checked before the first one is handed out
     * @throws SnapshotUnusableException or {@link IOException} to pass on to the one before
     */
    T read(JournalHead at, InputStream in) throws IOException;
  }

  /** Hears of snapshots that are passed over. */
  @FunctionalInterface
  interface DamageListener {
    /**
     * Called once for each, newest first.
     *
     * @param name of the snapshot, as an operator finds it
     * @param reason why it is not used
     */
    void passedOver(String name, String reason);
  }

  /**
   * Durable when it returns; readers never see it half written. One at a time.
   *
   * @throws SnapshotFailedException if it could not be written; those before are still there
   */
  void save(JournalHead at, Writer writer);

  /** Reads the newest that is whole, passing over those that are not; empty if there is none. */
  <T> Optional<T> newest(Reader<T> reader, DamageListener damage);
}
