/** Trying codes, many in one statement. */
@NullMarked
package io.heliograph.gateway.notifications.verifications.checking;

import org.jspecify.annotations.NullMarked;
