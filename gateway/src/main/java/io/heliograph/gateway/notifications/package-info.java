/** What happened, as an application tells it, and who is to hear of it: users, types, templates and the decision by which channels. */
@NullMarked
package io.heliograph.gateway.notifications;

import org.jspecify.annotations.NullMarked;
