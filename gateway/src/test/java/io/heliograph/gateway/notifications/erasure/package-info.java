/** Tests of what stands between the slices and the database. */
@NullMarked
package io.heliograph.gateway.notifications.erasure;

import org.jspecify.annotations.NullMarked;
