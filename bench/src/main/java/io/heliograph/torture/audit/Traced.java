package io.heliograph.torture.audit;

/**
 * One message in the three books.
 *
 * @param reference the client's name for it
 * @param id as the client was told
 * @param status in the database; empty when it is not there
 * @param attempts claims that were made
 * @param promised has an outbox row
 * @param receipts the statuses of its stored callbacks
 * @param received POSTs that the provider got
 * @param taken POSTs that the provider accepted: each of them reached a person
 */
public record Traced(
        String reference,
        String id,
        String status,
        String reason,
        boolean resend,
        boolean possibleDuplicate,
        int attempts,
        boolean promised,
        String receipts,
        int received,
        int taken) {}
