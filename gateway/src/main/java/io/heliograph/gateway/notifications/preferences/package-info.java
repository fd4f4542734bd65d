/** {@code /v1/users/{id}/preferences}, and {@code /p/{token}}: what users switch on and off, themselves or through their account. */
@NullMarked
package io.heliograph.gateway.notifications.preferences;

import org.jspecify.annotations.NullMarked;
