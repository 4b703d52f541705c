/** When this node leads: a lease in the store, and hints of who is probably there. */
@NullMarked
package io.phalanx.cluster.lead;

import org.jspecify.annotations.NullMarked;
