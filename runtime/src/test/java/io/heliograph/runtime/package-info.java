/** Tests of what every process needs. */
@NullMarked
package io.heliograph.runtime;

import org.jspecify.annotations.NullMarked;
