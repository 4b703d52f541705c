/** Tests of the client's parts; the whole of it is tested where there is a service. */
@NullMarked
package io.phalanx.client;

import org.jspecify.annotations.NullMarked;
