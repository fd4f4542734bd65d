/** The worker's side of the database: what is claimed, and what is recorded. */
@NullMarked
@CheckReturnValue
package io.heliograph.worker.ledger;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
