/** What can be told: notification types and their templates, as shipped and as an account has them. */
@NullMarked
package io.heliograph.gateway.notifications.catalog;

import org.jspecify.annotations.NullMarked;
