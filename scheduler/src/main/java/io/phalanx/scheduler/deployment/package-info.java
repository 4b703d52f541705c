/** Deployments and their assignments: the life of a contract. */
@NullMarked
package io.phalanx.scheduler.deployment;

import org.jspecify.annotations.NullMarked;
