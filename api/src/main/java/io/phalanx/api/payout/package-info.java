/** The payout layer's end of the line: an endpoint that is posted to, a folder that is filled. */
@NullMarked
package io.phalanx.api.payout;

import org.jspecify.annotations.NullMarked;
