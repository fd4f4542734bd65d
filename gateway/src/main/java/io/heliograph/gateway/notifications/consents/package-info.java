/** {@code /v1/users/{id}/consents}: what users have agreed to, append only, and the proof of it. */
@NullMarked
package io.heliograph.gateway.notifications.consents;

import org.jspecify.annotations.NullMarked;
