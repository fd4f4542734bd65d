/** Web Push against the simulator's push service, read by the browsers that it is for. */
@NullMarked
package io.heliograph.worker.push;

import org.jspecify.annotations.NullMarked;
