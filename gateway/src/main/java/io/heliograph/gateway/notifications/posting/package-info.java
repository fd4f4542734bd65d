/** {@code POST /v1/events}: what happened, stored with the messages that tell of it. */
@NullMarked
package io.heliograph.gateway.notifications.posting;

import org.jspecify.annotations.NullMarked;
