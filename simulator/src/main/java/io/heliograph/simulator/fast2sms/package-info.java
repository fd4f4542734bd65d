/** The bulkV2 API as Fast2SMS speaks it: routes, parameters, JSON, codes and reports. */
@NullMarked
@CheckReturnValue
package io.heliograph.simulator.fast2sms;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
