package io.phalanx.scheduler.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One commit batch in the journal: the events {@code first..last}, chained to the row before.
 *
 * <p>Rows are equal when their hashes are, since the hash covers everything else.
 *
 * @param first position of the first event; 0 only in the genesis
 * @param last position of the last event
 * @param epoch of the leader that wrote it
 * @param node the leader's id
 * @param prevHash hash of the row before; the genesis refers to itself
 * @param hash see {@link RowHash}
 * @param recordedAtMs when it was written, by the leader's clock, Unix milliseconds
 * @param body the events, in a form this package does not know; not copied, never to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // equality is the hash's, and copies of bodies cost
public record JournalRow(
    long first,
    long last,
    long epoch,
    String node,
    Hash prevHash,
    Hash hash,
    long recordedAtMs,
    byte[] body) {
  /** Largest body in bytes: a batch is bounded, so is what a reader has to hold. */
  public static final int MAX_BODY_BYTES = 64 << 20;

  private static final String GENESIS_NODE = "genesis";
  private static final byte[] GENESIS_BODY = "phalanx-journal-1".getBytes(UTF_8);

  public JournalRow {
    Objects.requireNonNull(prevHash);
    Objects.requireNonNull(hash);
    if (first < 0 || last < first || epoch < 0 || recordedAtMs < 0) {
      throw new IllegalArgumentException(
          "not a row: %d..%d, epoch %d, at %d".formatted(first, last, epoch, recordedAtMs));
    }
    if (node.isEmpty()) {
      throw new IllegalArgumentException("row " + first + " names no node");
    }
    if (body.length > MAX_BODY_BYTES) {
      throw new IllegalArgumentException("row " + first + " has " + body.length + " bytes");
    }
  }

  /** The first row of every journal: position 0, no event, the same bytes for every cell's name. */
  public static JournalRow genesis(String cell) {
    Hash hash =
        RowHash.of(
            cell,
            new JournalRow(0, 0, 0, GENESIS_NODE, Hash.ZERO, Hash.ZERO, 0, GENESIS_BODY.clone()));
    return new JournalRow(0, 0, 0, GENESIS_NODE, hash, hash, 0, GENESIS_BODY.clone());
  }

  /**
   * The row that follows {@code after}.
   *
   * @param events how many the body holds, at least 1
   * @param recordedAtMs Unix milliseconds
   */
  public static JournalRow seal(
      Author author, JournalHead after, int events, long recordedAtMs, byte[] body) {
    if (events < 1) {
      throw new IllegalArgumentException("a row holds at least one event, not " + events);
    }
    return sealTo(author, after, after.last() + events, recordedAtMs, body);
  }

  /**
   * The row that follows {@code after} and leaves out positions behind its events.
   *
   * @param last position before that of the next row
   * @param recordedAtMs Unix milliseconds
   */
  public static JournalRow sealTo(
      Author author, JournalHead after, long last, long recordedAtMs, byte[] body) {
    long first = after.last() + 1;
    JournalRow open =
        new JournalRow(
            first,
            last,
            author.epoch(),
            author.node(),
            after.hash(),
            Hash.ZERO,
            recordedAtMs,
            body);
    return new JournalRow(
        first,
        last,
        author.epoch(),
        author.node(),
        after.hash(),
        RowHash.of(author.cell(), open),
        recordedAtMs,
        body);
  }

  public boolean isGenesis() {
    return first == 0;
  }

  /** Whether the hash is the one that this cell's row with these contents must have. */
  public boolean isSealedFor(String cell) {
    return RowHash.of(cell, this).equals(hash);
  }

  /** What the next row is chained to. */
  public JournalHead head() {
    return new JournalHead(last, hash, epoch);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JournalRow row && row.hash.equals(hash);
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }

  @Override
  public String toString() {
    return "row %d..%d of epoch %d by %s, %s".formatted(first, last, epoch, node, hash);
  }
}
