@NullMarked
package io.heliograph.gateway.notifications.text;

import org.jspecify.annotations.NullMarked;
