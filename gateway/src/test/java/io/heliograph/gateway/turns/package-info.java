/** Tests of who answers people, and when. */
@NullMarked
package io.heliograph.gateway.turns;

import org.jspecify.annotations.NullMarked;
