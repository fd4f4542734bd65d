/** What every route needs: problems, fields, pages, idempotency keys, errors turned into answers. */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.http;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
