/** Whole installations, from a request to a receipt, while things go wrong. On both brokers where the broker matters. */
@NullMarked
package io.heliograph.journeys;

import org.jspecify.annotations.NullMarked;
