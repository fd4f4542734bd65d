package io.heliograph.relay.publish;

import java.time.OffsetDateTime;

/**
 * How much of one line is wanted.
 *
 * @param floor nothing that is due earlier is looked for
 * @param rowsMax more than 0
 * @param rationed whether the limit of its account allows no more
 */
record QueueAsk(Line line, OffsetDateTime floor, int rowsMax, boolean rationed) {}
