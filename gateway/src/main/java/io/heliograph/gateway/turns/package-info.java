/** Messages of people that something of ours has to answer: each is taken once, in the order in which they came. */
@NullMarked
package io.heliograph.gateway.turns;

import org.jspecify.annotations.NullMarked;
