package io.phalanx.scheduler.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.phalanx.scheduler.event.AccessEvent.AdminActed;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.unit.Timestamps;
import org.jspecify.annotations.Nullable;

/**
 * A line of the audit trail.
 *
 * @param id its name
 * @param time when
 * @param position where it stands in the journal; what it changed stands just before
 * @param keyId the key that was presented; none for the service itself and in open mode
 * @param name whom the key acts for
 * @param action the command
 * @param subject what it was about
 * @param detail the command as it was asked, if it is short enough to be kept
 */
public record AuditView(
    String id,
    String time,
    long position,
    @Nullable String keyId,
    String name,
    String action,
    String subject,
    @Nullable JsonNode detail) {

  /** The line that an event makes. */
  public static AuditView of(AdminActed event, Moment moment) {
    return new AuditView(
        "a-" + Long.toString(moment.position(), 36),
        Timestamps.text(moment.atMs()),
        moment.position(),
        event.keyId().isEmpty() ? null : event.keyId(),
        event.name(),
        event.action(),
        event.subject(),
        event.detail());
  }
}
