package io.phalanx.scheduler.statement;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.scheduler.unit.Timestamps;
import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What somebody was charged or earned in a period, exactly as its receipts say, and what of earlier
 * charges was taken back in it.
 *
 * @param subject whose it is
 * @param name the developer, operator or miner
 * @param period which receipts are in it
 * @param sums of all of them
 * @param lines by what {@link Subject#lineName} names, in its order
 */
public record Statement(
    Subject subject, String name, Period period, Sums sums, NavigableMap<String, Sums> lines) {

  private static final String LINE_END = "\r\n"; // RFC 4180

  /**
   * The instants t with {@code from} ≤ t < {@code to}.
   *
   * @param from the first instant
   * @param to the first instant after it
   */
  public record Period(Instant from, Instant to) {
    /** From the wire form. */
    public static Period parse(String from, String to) {
      return new Period(Instant.parse(from), Instant.parse(to));
    }

    boolean holds(String time) {
      Instant at = Instant.parse(time);
      return !at.isBefore(from) && at.isBefore(to);
    }
  }

  /** Copies the lines. */
  public Statement {
    lines = Collections.unmodifiableNavigableMap(new TreeMap<>(lines));
  }

  /** From all that there is, or from what concerns it: other things are passed over. */
  public static Statement of(
      Subject subject,
      String name,
      Period period,
      Iterable<Charge> charges,
      Iterable<Correction> corrections) {
    NavigableMap<String, Sums> lines = new TreeMap<>();
    Sums sums = Sums.NOTHING;
    for (Charge charge : charges) {
      if (charge.concerns(subject, name) && period.holds(charge.receipt().time())) {
        String line = charge.line(subject);
        lines.put(line, lines.getOrDefault(line, Sums.NOTHING).plus(charge.receipt()));
        sums = sums.plus(charge.receipt());
      }
    }
    for (Correction correction : corrections) {
      if (correction.concerns(subject, name) && period.holds(correction.time())) {
        String line = correction.line(subject);
        lines.put(line, lines.getOrDefault(line, Sums.NOTHING).plus(correction.charge()));
        sums = sums.plus(correction.charge());
      }
    }
    return new Statement(subject, name, period, sums, lines);
  }

  /** As JSON: the sums, then the lines. */
  public ObjectNode json() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("subject", subject.name().toLowerCase(Locale.ROOT))
            .put("name", name)
            .put("from", Timestamps.text(period.from().toEpochMilli()))
            .put("to", Timestamps.text(period.to().toEpochMilli()));
    put(json, sums);
    var array = json.putArray("lines");
    lines.forEach((line, of) -> put(array.addObject().put(subject.lineName(), line), of));
    return json;
  }

  /** As CSV: a header, then the lines; names and numbers need no quotes. */
  public String csv() {
    StringBuilder csv = new StringBuilder();
    csv.append(subject.lineName())
        .append(",receipts,gas,fee,treasury,total,corrected")
        .append(LINE_END);
    lines.forEach(
        (line, of) ->
            csv.append(line)
                .append(',')
                .append(of.receipts())
                .append(',')
                .append(of.gas())
                .append(',')
                .append(of.fee())
                .append(',')
                .append(of.treasury())
                .append(',')
                .append(of.total())
                .append(',')
                .append(of.corrected())
                .append(LINE_END));
    return csv.toString();
  }

  private static void put(ObjectNode json, Sums sums) {
    json.put("receipts", sums.receipts())
        .put("gas", sums.gas())
        .put("fee", sums.fee().toString())
        .put("treasury", sums.treasury().toString())
        .put("total", sums.total().toString())
        .put("corrected", sums.corrected().toString());
  }
}
