/**
 * The kernel: a direct construction on arrays. Deployments are inserted by falling value with
 * augmenting paths, gangs are exchanged, then the fit is raised. OptaPlanner runs it as its first
 * phase.
 */
@NullMarked
package io.phalanx.placement.kernel;

import org.jspecify.annotations.NullMarked;
