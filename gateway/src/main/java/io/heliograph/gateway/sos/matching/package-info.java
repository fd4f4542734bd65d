/** From a request to the donors who may be asked, all in one transaction. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.sos.matching;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
