/** {@code /v1/users}: the people of an account, by the account's own ids. */
@NullMarked
package io.heliograph.gateway.notifications.users;

import org.jspecify.annotations.NullMarked;
