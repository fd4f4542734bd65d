@NullMarked
package io.heliograph.bench.report;

import org.jspecify.annotations.NullMarked;
