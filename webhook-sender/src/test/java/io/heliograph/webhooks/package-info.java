/** The webhook-sender as its receivers and its operator see it. */
@NullMarked
package io.heliograph.webhooks;

import org.jspecify.annotations.NullMarked;
