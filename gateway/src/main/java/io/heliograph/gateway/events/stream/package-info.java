/**
 * Events as they happen, over Server-Sent Events and WebSocket. One loop a process reads what is new for all streams; each event loop
 * hands it to its own. What a stream has missed, it reads by itself, and then joins the others.
 */
@NullMarked
@CheckReturnValue
package io.heliograph.gateway.events.stream;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
