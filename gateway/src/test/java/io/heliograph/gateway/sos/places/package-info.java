@NullMarked
package io.heliograph.gateway.sos.places;

import org.jspecify.annotations.NullMarked;
