/** What the file of providers says. */
@NullMarked
package io.heliograph.providers;

import org.jspecify.annotations.NullMarked;
