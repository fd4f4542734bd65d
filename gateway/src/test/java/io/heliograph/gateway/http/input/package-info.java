/** Tests of who is calling. */
@NullMarked
package io.heliograph.gateway.http.input;

import org.jspecify.annotations.NullMarked;
