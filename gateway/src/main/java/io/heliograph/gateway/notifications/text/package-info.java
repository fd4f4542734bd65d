/** What stands in templates: placeholders, and the patterns that India's operators have registered. Knows no type and no channel. */
@NullMarked
package io.heliograph.gateway.notifications.text;

import org.jspecify.annotations.NullMarked;
