/** Messages in doubt, with real records of ours and a provider that shows what it is told to. */
@NullMarked
package io.heliograph.worker.unknown;

import org.jspecify.annotations.NullMarked;
