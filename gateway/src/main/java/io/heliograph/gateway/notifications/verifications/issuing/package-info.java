/** Sending codes, many in one transaction, within every limit. */
@NullMarked
package io.heliograph.gateway.notifications.verifications.issuing;

import org.jspecify.annotations.NullMarked;
