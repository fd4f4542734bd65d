/** Real parts for the tests of every module. */
@NullMarked
package io.heliograph.testing;

import org.jspecify.annotations.NullMarked;
