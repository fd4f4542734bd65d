/** Tests of who is calling. */
@NullMarked
package io.heliograph.gateway.accounts;

import org.jspecify.annotations.NullMarked;
