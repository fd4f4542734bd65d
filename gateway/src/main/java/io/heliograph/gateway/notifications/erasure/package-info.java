/** All that is known of a user: told as a whole ({@code GET /v1/users/{id}/export}), and erased as a whole ({@code DELETE}). */
@NullMarked
package io.heliograph.gateway.notifications.erasure;

import org.jspecify.annotations.NullMarked;
