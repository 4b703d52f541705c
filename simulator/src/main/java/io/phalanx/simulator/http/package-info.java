/**
 * Calling the service over HTTP: requests that are repeated safely, and event streams that resume.
 */
@NullMarked
package io.phalanx.simulator.http;

import org.jspecify.annotations.NullMarked;
