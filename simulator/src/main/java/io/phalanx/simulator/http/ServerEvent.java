package io.phalanx.simulator.http;

/**
 * One server-sent event.
 *
 * @param id the last id the stream gave, "" before the first
 * @param kind the event's name
 * @param data its lines, joined by a line feed
 */
public record ServerEvent(String id, String kind, String data) {}
