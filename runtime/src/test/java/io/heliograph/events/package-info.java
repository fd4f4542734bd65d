@NullMarked
package io.heliograph.events;

import org.jspecify.annotations.NullMarked;
