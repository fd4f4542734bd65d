/** What is said of an answer, whoever gave it. */
@NullMarked
package io.heliograph.worker.http;

import org.jspecify.annotations.NullMarked;
