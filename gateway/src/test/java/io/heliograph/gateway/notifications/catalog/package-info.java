@NullMarked
package io.heliograph.gateway.notifications.catalog;

import org.jspecify.annotations.NullMarked;
