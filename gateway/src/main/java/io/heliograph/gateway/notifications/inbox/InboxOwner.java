package io.heliograph.gateway.notifications.inbox;

/** Whose inbox. */
public record InboxOwner(long accountId, String userId) {
    /** Names nobody. */
    @Override
    public String toString() {
        return "owner of an inbox";
    }
}
