@NullMarked
package io.heliograph.standalone;

import org.jspecify.annotations.NullMarked;
