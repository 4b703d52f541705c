/** Proof that the audit finds what is wrong, and nothing where nothing is. */
@NullMarked
package io.phalanx.scheduler.audit;

import org.jspecify.annotations.NullMarked;
