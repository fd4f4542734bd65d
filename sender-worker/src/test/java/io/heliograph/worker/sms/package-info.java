/** Twilio's SDK and our transport against a simulator that misbehaves on demand. */
@NullMarked
package io.heliograph.worker.sms;

import org.jspecify.annotations.NullMarked;
