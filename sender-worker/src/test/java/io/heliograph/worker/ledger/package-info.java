/** The claim and the record, against a real PostgreSQL. */
@NullMarked
package io.heliograph.worker.ledger;

import org.jspecify.annotations.NullMarked;
