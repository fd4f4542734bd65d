/** The claim and the record, against a real PostgreSQL. */
@NullMarked
package io.heliograph.worker.limits;

import org.jspecify.annotations.NullMarked;
