/** Tests of what the messages' routes decide without a database. */
@NullMarked
package io.heliograph.gateway.messages;

import org.jspecify.annotations.NullMarked;
