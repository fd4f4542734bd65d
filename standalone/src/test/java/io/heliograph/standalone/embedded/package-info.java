@NullMarked
package io.heliograph.standalone.embedded;

import org.jspecify.annotations.NullMarked;
