package io.phalanx.scheduler.journal;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/**
 * Reads a journal forward in fetches of bounded size, each row checked: the same for every store.
 */
final class ChainReader {
  /** Where rows come from, unchecked. */
  interface Source {
    JournalHead head();

    /** The last row that begins at or before this position. */
    Optional<JournalRow> atOrBefore(long position);

    /** Some rows from the one that begins at or after this position; empty at the end. */
    List<JournalRow> from(long position);
  }

  private static final int ROWS_WORTH_A_THREAD = 32;

  private final String cell;
  private final Source source;

  ChainReader(String cell, Source source) {
    this.cell = cell;
    this.source = source;
  }

  /** See {@link Journal#read}. */
  long read(long from, RowReader reader) {
    if (from < 0) {
      throw new IllegalArgumentException("no position is below 0: " + from);
    }
    JournalHead end = source.head();
    if (from > end.last()) {
      return from - 1;
    }
    Chain chain = Chain.from(cell, anchor(from));
    readOn(chain, end, reader);
    return chain.head().last();
  }

  /** See {@link Journal#holding}. */
  Optional<JournalRow> holding(long position) {
    Optional<JournalRow> row = source.atOrBefore(position);
    if (row.isPresent() && row.get().last() >= position) {
      Chain.from(cell, row.get());
      return row;
    }
    if (position <= source.head().last()) {
      throw new CorruptJournalException(position, "it is missing", null);
    }
    return Optional.empty();
  }

  /** See {@link Journal#readAfter}. */
  JournalHead readAfter(JournalHead seen, RowReader reader) {
    JournalHead end = source.head();
    boolean isThere =
        source
            .atOrBefore(seen.last())
            .filter(row -> row.last() == seen.last() && row.hash().equals(seen.hash()))
            .isPresent();
    if (!isThere) {
      throw new JournalWentBackException(seen);
    }
    Chain chain = Chain.after(seen);
    readOn(chain, end, reader);
    return chain.head();
  }

  /** The row before the one that holds the position, so that the link to it is checked as well. */
  private JournalRow anchor(long from) {
    JournalRow holding = require(from);
    if (holding.isGenesis()) {
      return holding;
    }
    if (holding.last() < from) {
      throw new CorruptJournalException(holding.last() + 1, "it is missing", null);
    }
    return require(holding.first() - 1);
  }

  private JournalRow require(long position) {
    return source
        .atOrBefore(position)
        .orElseThrow(() -> new CorruptJournalException(0, "it is missing", null));
  }

  private void readOn(Chain chain, JournalHead end, RowReader reader) {
    Fetch fetch = fetch(chain.next());
    while (!fetch.rows.isEmpty()) {
      CompletableFuture<Fetch> following = following(fetch);
      for (Checked checked : fetch.rows) {
        chain.follow(checked.row, checked.isSealed);
        reader.read(checked.row);
      }
      fetch = await(following);
    }
    chain.end(end);
  }

  /** Behind a long fetch, the next is read and hashed while this one's rows are taken. */
  private CompletableFuture<Fetch> following(Fetch fetch) {
    if (fetch.rows.size() < ROWS_WORTH_A_THREAD) {
      return new CompletableFuture<Fetch>().completeAsync(() -> fetch(fetch.next()), Runnable::run);
    }
    return CompletableFuture.supplyAsync(() -> fetch(fetch.next()));
  }

  private Fetch fetch(long position) {
    List<JournalRow> rows = source.from(position);
    Stream<JournalRow> stream =
        rows.size() < ROWS_WORTH_A_THREAD ? rows.stream() : rows.parallelStream();
    return new Fetch(stream.map(row -> new Checked(row, row.isSealedFor(cell))).toList());
  }

  private static Fetch await(CompletableFuture<Fetch> fetch) {
    try {
      return fetch.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private record Checked(JournalRow row, boolean isSealed) {}

  private record Fetch(List<Checked> rows) {
    /** Only of a fetch with rows. */
    long next() {
      return rows.get(rows.size() - 1).row.last() + 1;
    }
  }
}
