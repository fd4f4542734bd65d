@NullMarked
package io.heliograph.webhooks.deliver;

import org.jspecify.annotations.NullMarked;
