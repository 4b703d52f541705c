package io.phalanx.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An event of a stream.
 *
 * @param id where to resume after; opaque
 * @param kind of the resource, such as {@code deployment}
 * @param data the resource as it was after the event
 */
public record ServerEvent(String id, String kind, JsonNode data) {}
