/** Rows to begin with, and a look at what became of them. */
@NullMarked
package io.heliograph.worker.testing;

import org.jspecify.annotations.NullMarked;
