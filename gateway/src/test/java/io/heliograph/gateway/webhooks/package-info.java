/** Tests of who is calling. */
@NullMarked
package io.heliograph.gateway.webhooks;

import org.jspecify.annotations.NullMarked;
