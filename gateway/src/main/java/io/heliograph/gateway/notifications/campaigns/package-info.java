/** Campaigns: one text for many, and what became of it. */
@NullMarked
package io.heliograph.gateway.notifications.campaigns;

import org.jspecify.annotations.NullMarked;
