@NullMarked
package io.heliograph.broker;

import org.jspecify.annotations.NullMarked;
