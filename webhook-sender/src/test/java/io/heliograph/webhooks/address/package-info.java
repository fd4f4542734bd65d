@NullMarked
package io.heliograph.webhooks.address;

import org.jspecify.annotations.NullMarked;
