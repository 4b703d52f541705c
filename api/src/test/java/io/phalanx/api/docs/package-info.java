/** What the documents promise, tried and compared with the code. */
@NullMarked
package io.phalanx.api.docs;

import org.jspecify.annotations.NullMarked;
