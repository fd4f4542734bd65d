/** What we send to Plivo, and what we make of its answers. */
@NullMarked
package io.heliograph.worker.sms.plivo;

import org.jspecify.annotations.NullMarked;
