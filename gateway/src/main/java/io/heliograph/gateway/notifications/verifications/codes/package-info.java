/** Codes: how they are drawn, hashed and written, and the verifications that they belong to. */
@NullMarked
package io.heliograph.gateway.notifications.verifications.codes;

import org.jspecify.annotations.NullMarked;
