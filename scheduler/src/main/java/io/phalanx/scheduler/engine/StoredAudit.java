package io.phalanx.scheduler.engine;

import io.phalanx.scheduler.audit.AuditReport;
import io.phalanx.scheduler.audit.JournalAudit;
import io.phalanx.scheduler.codec.EventCodec;
import io.phalanx.scheduler.journal.Journal;

/** Reads a stored journal from its first row to its last and checks every invariant. */
public final class StoredAudit {

  private StoredAudit() {}

  /**
   * Checks the whole journal; its chain of hashes is verified on the way.
   *
   * @throws io.phalanx.scheduler.journal.CorruptJournalException if a row is damaged
   * @throws io.phalanx.scheduler.event.CorruptStateException if a row holds no known events
   */
  public static AuditReport of(Journal journal) {
    JournalAudit audit = new JournalAudit();
    EventCodec codec = new EventCodec();
    journal.read(
        0,
        row -> {
          audit.beginRow(row.first(), row.epoch());
          codec.decode(row.body(), row.first(), audit::accept);
        });
    return audit.finish();
  }
}
