/** How many deployments a second are accepted durably, beside the same server's echo. */
@NullMarked
package io.phalanx.loadtests.accept;

import org.jspecify.annotations.NullMarked;
