/** The gateway as its callers see it, on a real PostgreSQL. */
@NullMarked
package io.heliograph.gateway;

import org.jspecify.annotations.NullMarked;
