@NullMarked
package io.heliograph.standalone.commands;

import org.jspecify.annotations.NullMarked;
