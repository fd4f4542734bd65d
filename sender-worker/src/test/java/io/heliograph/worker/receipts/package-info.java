/** Messages without a receipt, with real records of ours and a provider that says what it is told to. */
@NullMarked
package io.heliograph.worker.receipts;

import org.jspecify.annotations.NullMarked;
