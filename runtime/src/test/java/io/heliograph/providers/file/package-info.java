/** The file of providers, and what is made of it. */
@NullMarked
package io.heliograph.providers.file;

import org.jspecify.annotations.NullMarked;
