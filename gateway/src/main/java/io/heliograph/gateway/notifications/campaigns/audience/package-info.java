/** Audiences as files: any number of rows, in a bounded piece of memory. */
@NullMarked
package io.heliograph.gateway.notifications.campaigns.audience;

import org.jspecify.annotations.NullMarked;
