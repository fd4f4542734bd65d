/** What we send to Textlocal, and what we make of its answers. */
@NullMarked
package io.heliograph.worker.sms.textlocal;

import org.jspecify.annotations.NullMarked;
