package io.phalanx.placement.file;

import io.phalanx.placement.Candidate;
import java.math.BigDecimal;

/**
 * A line of the table of miners.
 *
 * @param takesPart Idle and responsive
 * @param operatorActive Active miners of its operator
 * @param stake PHA
 */
record MinerRow(Candidate candidate, boolean takesPart, int operatorActive, BigDecimal stake) {}
