/** Tests of what every route needs. */
@NullMarked
package io.heliograph.gateway.http;

import org.jspecify.annotations.NullMarked;
