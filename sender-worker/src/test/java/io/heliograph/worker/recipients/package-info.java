/** Places of recipients, in a real PostgreSQL. */
@NullMarked
package io.heliograph.worker.recipients;

import org.jspecify.annotations.NullMarked;
