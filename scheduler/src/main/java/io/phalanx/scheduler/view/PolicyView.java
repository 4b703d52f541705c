package io.phalanx.scheduler.view;

import com.fasterxml.jackson.annotation.JsonValue;
import io.phalanx.scheduler.policy.Policy;

/**
 * The figures in force.
 *
 * @param policy all of them, with their version
 */
public record PolicyView(@JsonValue Policy policy) implements Answer {}
