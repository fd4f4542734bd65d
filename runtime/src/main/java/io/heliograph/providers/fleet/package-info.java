/** What the whole fleet knows of its providers, through the database: the routes in force, and who is well. */
@NullMarked
@CheckReturnValue
package io.heliograph.providers.fleet;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
