/** Tests of reading a message out of JSON. */
@NullMarked
package io.heliograph.gateway.messages.fields;

import org.jspecify.annotations.NullMarked;
