/** {@code /v1/verifications}: one-time codes, by which people prove that a number or an address is theirs. */
@NullMarked
package io.heliograph.gateway.notifications.verifications;

import org.jspecify.annotations.NullMarked;
