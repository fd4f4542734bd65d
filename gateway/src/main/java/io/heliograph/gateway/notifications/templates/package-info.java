/** {@code /v1/templates} and {@code /v1/notification-types}: what an account says, and of what. */
@NullMarked
package io.heliograph.gateway.notifications.templates;

import org.jspecify.annotations.NullMarked;
