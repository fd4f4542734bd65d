/** What the file of providers says: accounts with their credentials, routes and limits. */
@NullMarked
@CheckReturnValue
package io.heliograph.providers;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
