package io.phalanx.scheduler.engine;

import io.phalanx.scheduler.codec.EventCodec;
import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.engine.Failpoint.Side;
import io.phalanx.scheduler.engine.Failpoint.Where;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentOffered;
import io.phalanx.scheduler.event.AssignmentEvent.GasCharged;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.SettlementEvent.SettlementClosed;
import io.phalanx.scheduler.event.SettlementEvent.SettlementDelivered;
import io.phalanx.scheduler.event.SystemEvent.HistoryKept;
import io.phalanx.scheduler.event.SystemEvent.LeaderTookOver;
import io.phalanx.scheduler.journal.JournalRow;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Stands around the ports of one node and kills it at one point: from then on nothing that it asks
 * for is done, and nobody hears of it any more.
 */
final class Fuse {
  /** By what is most telling in a row. */
  private static final Map<Class<? extends Event>, Where> TELLING = new LinkedHashMap<>();

  static {
    TELLING.put(LeaderTookOver.class, Where.APPEND_OF_A_TAKE_OVER);
    TELLING.put(SettlementClosed.class, Where.APPEND_OF_A_SETTLEMENT);
    TELLING.put(SettlementDelivered.class, Where.APPEND_OF_A_DELIVERY);
    TELLING.put(AssignmentOffered.class, Where.APPEND_OF_AN_ORDER);
    TELLING.put(GasCharged.class, Where.APPEND_OF_A_CHARGE);
    TELLING.put(HistoryKept.class, Where.APPEND_OF_LETTING_GO);
  }

  private final @Nullable Failpoint at;
  private volatile boolean blown;

  /** A fuse that blows the first time that point is passed; none for null. */
  Fuse(@Nullable Failpoint at) {
    this.at = at;
  }

  boolean isBlown() {
    return blown;
  }

  /** The same port with the fuse around what changes something; it can always be closed. */
  <T> T guard(Class<T> port, T real) {
    Object guarded =
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (self, method, arguments) -> {
              Object[] all = arguments == null ? new Object[0] : arguments;
              Where where = where(port, method, all);
              return where == null
                  ? unguarded(real, method, all)
                  : around(where, () -> invoke(real, method, all));
            });
    return port.cast(guarded);
  }

  private @Nullable Object unguarded(Object real, Method method, Object[] arguments)
      throws Exception {
    if (blown && !method.getName().equals("close")) {
      throw new Crash("before " + method.getName());
    }
    return invoke(real, method, arguments);
  }

  /** Does something that the node may die before or after. */
  <T extends @Nullable Object> T around(Where where, Callable<T> action) throws Exception {
    pass(where, Side.BEFORE);
    T result = action.call();
    pass(where, Side.AFTER);
    return result;
  }

  private void pass(Where where, Side side) {
    if (!blown && at != null && at.where() == where && at.side() == side) {
      blown = true;
    }
    if (blown) {
      throw new Crash(side + " " + where);
    }
  }

  private static @Nullable Where where(Class<?> port, Method method, Object[] arguments) {
    return switch (port.getSimpleName() + "." + method.getName()) {
      case "Journal.claimEpoch" -> Where.CLAIM_OF_AN_EPOCH;
      case "Journal.append" -> whereOf((JournalRow) arguments[0]);
      case "HistoryStore.write" -> Where.HISTORY;
      case "ReceiptStore.write" -> Where.RECEIPTS;
      case "SnapshotStore.save" -> Where.SNAPSHOT;
      case "SettlementReceiver.deliver" -> Where.DELIVERY;
      default -> null;
    };
  }

  private static Where whereOf(JournalRow row) {
    List<StampedEvent> events = new ArrayList<>();
    new EventCodec().decode(row.body(), row.first(), events::add);
    for (Map.Entry<Class<? extends Event>, Where> telling : TELLING.entrySet()) {
      if (events.stream().anyMatch(stamped -> telling.getKey().isInstance(stamped.event()))) {
        return telling.getValue();
      }
    }
    return Where.APPEND_OF_ANYTHING_ELSE;
  }

  private static @Nullable Object invoke(Object real, Method method, Object[] arguments)
      throws Exception {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw new AssertionError(e.getCause());
    }
  }
}
