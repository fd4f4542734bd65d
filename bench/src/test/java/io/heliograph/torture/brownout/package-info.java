@NullMarked
package io.heliograph.torture.brownout;

import org.jspecify.annotations.NullMarked;
