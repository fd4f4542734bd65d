/** Tests of what providers tell us. */
@NullMarked
package io.heliograph.gateway.callbacks;

import org.jspecify.annotations.NullMarked;
