package io.heliograph.simulator.script;

import org.jspecify.annotations.Nullable;

/**
 * What one provider's account as a whole is held to. Above it a call is answered 429 and is not processed.
 *
 * @param concurrentMax calls that are not answered yet. Defaults to no limit.
 * @param perSecond calls in any sliding second; null for no limit.
 * @param messagesPerSecond messages in any sliding second, which differ from calls where one call asks for many; null
 *     for no limit.
 * @param retryAfterSeconds what the 429 says; 0 says nothing, as Twilio's Messages do. Defaults to 0.
 * @param scheduleAheadMinSeconds how far ahead Twilio's SendAt must be. Defaults to 300.
 */
public record Limits(
        int concurrentMax,
        @Nullable SlidingSecond perSecond,
        @Nullable SlidingSecond messagesPerSecond,
        int retryAfterSeconds,
        int scheduleAheadMinSeconds) {
    static final Limits NONE = new Limits(Integer.MAX_VALUE, null, null, 0, 300);

    boolean exceeded(Moment moment, int messages) {
        return moment.concurrent() >= concurrentMax
                || (perSecond != null && !perSecond.admits(moment.nowMillis(), 1))
                || (messagesPerSecond != null && !messagesPerSecond.admits(moment.nowMillis(), messages));
    }

    Answer exceeded() {
        return new Answer.TooManyRequests(retryAfterSeconds, false);
    }
}
