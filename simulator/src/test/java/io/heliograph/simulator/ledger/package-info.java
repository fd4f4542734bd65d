@NullMarked
package io.heliograph.simulator.ledger;

import org.jspecify.annotations.NullMarked;
