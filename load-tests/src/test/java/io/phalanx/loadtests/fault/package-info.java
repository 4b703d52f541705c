/** What the kill test would say of a service that loses or doubles. */
@NullMarked
package io.phalanx.loadtests.fault;

import org.jspecify.annotations.NullMarked;
