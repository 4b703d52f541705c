package io.phalanx.scheduler.engine;

import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Says when this node may try to lead, and when it should stop. It only saves tries that would fail
 * and gaps that nobody needs: that there is never a second writer is the journal's work.
 */
public interface Leadership {

  /** Of a node that is alone with its store: it leads whenever it can. */
  Leadership ALONE =
      new Leadership() {
        @Override
        public OptionalLong awaitTurn(LongSupplier newestEpoch) {
          return OptionalLong.of(newestEpoch.getAsLong());
        }

        @Override
        public void claimed(long epoch) {}

        @Override
        public boolean keeps() {
          return true;
        }

        @Override
        public boolean holds() {
          return true;
        }

        @Override
        public void committed(long position) {}

        @Override
        public void ended(boolean fenced) {}

        @Override
        public void resign() {}
      };

  /**
   * Waits for a moment at most.
   *
   * @param newestEpoch asks the journal, and may fail as it does
   * @return the epoch to claim from; nothing: there is a leader, or there may be news from it
   */
  OptionalLong awaitTurn(LongSupplier newestEpoch) throws InterruptedException;

  /** The epoch is this node's, though it has not written in it yet. */
  void claimed(long epoch);

  /** Whether the term should go on. */
  boolean keeps();

  /** Whether nobody else can have begun to lead so far, by this node's own clock. */
  boolean holds();

  /** A row was made durable by this node. */
  void committed(long position);

  /**
   * The term is over, or never began.
   *
   * @param fenced whether another leader's epoch was in the way
   */
  void ended(boolean fenced);

  /** This node will not lead any more. */
  void resign();
}
