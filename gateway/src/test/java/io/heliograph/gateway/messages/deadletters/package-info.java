/** Tests of dead letters beside the database. */
@NullMarked
package io.heliograph.gateway.messages.deadletters;

import org.jspecify.annotations.NullMarked;
