package io.phalanx.api.read;

import io.phalanx.api.read.Past.Wanted;
import io.phalanx.scheduler.access.AccessKey;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.engine.HistoryKinds;
import io.phalanx.scheduler.view.AccessKeyView;
import io.phalanx.scheduler.view.AuditView;
import java.util.HashSet;
import java.util.Set;

/** API keys, and the trail of what admins did. */
public final class AccessReads {

  private static final Wanted<AuditView> LINES =
      Wanted.of(HistoryKinds.AUDIT, AuditView.class, line -> true);

  private final Engine engine;
  private final Past past;

  /** Reads of that engine. */
  public AccessReads(Engine engine) {
    this.engine = engine;
    this.past = new Past(engine);
  }

  /** API keys by the time they were issued, the newest revoked ones included. */
  public Page<AccessKeyView> keys(PageRequest request) {
    Scan<AccessKey> scan =
        engine
            .replica()
            .read(
                state ->
                    Scan.live(
                        state.access().keys().inOrder(),
                        id -> state.access().keys().known(id),
                        key -> true,
                        request,
                        new HashSet<>()));
    return scan.with(Scan.nothing(), request).map(AccessKeyView::of);
  }

  /**
   * What admins did. Kept in the history only: waits until it has all that is committed by now, but
   * no longer than two seconds.
   */
  public Page<AuditView> audit(PageRequest request) {
    past.follow();
    Scan<AuditView> scan = past.scan(LINES, line -> true, request, Set.of(), null);
    return scan.with(Scan.nothing(), request);
  }
}
