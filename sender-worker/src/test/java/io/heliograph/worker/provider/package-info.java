/** What every provider promises, whoever it is. */
@NullMarked
package io.heliograph.worker.provider;

import org.jspecify.annotations.NullMarked;
