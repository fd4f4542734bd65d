@NullMarked
package io.heliograph.worker.senders;

import org.jspecify.annotations.NullMarked;
