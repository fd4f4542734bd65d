/** Email against a real mail server, and against one that misbehaves on demand. */
@NullMarked
package io.heliograph.worker.email;

import org.jspecify.annotations.NullMarked;
