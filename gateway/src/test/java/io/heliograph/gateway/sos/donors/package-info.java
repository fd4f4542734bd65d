@NullMarked
package io.heliograph.gateway.sos.donors;

import org.jspecify.annotations.NullMarked;
