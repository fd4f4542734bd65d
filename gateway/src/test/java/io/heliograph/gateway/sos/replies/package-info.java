@NullMarked
package io.heliograph.gateway.sos.replies;

import org.jspecify.annotations.NullMarked;
