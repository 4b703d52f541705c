/** Accounts: double entry over every movement of money. */
@NullMarked
package io.phalanx.scheduler.account;

import org.jspecify.annotations.NullMarked;
