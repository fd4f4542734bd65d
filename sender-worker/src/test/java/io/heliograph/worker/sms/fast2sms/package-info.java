/** What we send to Fast2SMS, and what we make of its answers. */
@NullMarked
package io.heliograph.worker.sms.fast2sms;

import org.jspecify.annotations.NullMarked;
