@NullMarked
package io.heliograph.torture.audit;

import org.jspecify.annotations.NullMarked;
