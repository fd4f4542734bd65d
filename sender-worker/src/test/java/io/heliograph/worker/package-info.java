/** The worker as a whole, against a real database, broker and provider. */
@NullMarked
package io.heliograph.worker;

import org.jspecify.annotations.NullMarked;
