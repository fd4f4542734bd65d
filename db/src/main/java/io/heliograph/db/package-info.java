/** The schema and the one program that applies it. */
@NullMarked
package io.heliograph.db;

import org.jspecify.annotations.NullMarked;
