/** The provider that sends nothing. */
@NullMarked
package io.heliograph.worker.dryrun;

import org.jspecify.annotations.NullMarked;
