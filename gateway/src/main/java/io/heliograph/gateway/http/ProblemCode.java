package io.heliograph.gateway.http;

import java.util.Locale;

/**
 * Every reason for which a request or a part of it is not done. The words are stable: clients match them, metrics count by
 * them, and the API's description lists them. Texts may change, words may not.
 */
public enum ProblemCode {
    /** Several kinds of mistakes; each has its own code. */
    INVALID_REQUEST(400),
    /** The request line, the query or the form cannot be decoded. */
    UNREADABLE(400),
    NOT_JSON(400),
    WRONG_TYPE(400),
    UNKNOWN_FIELD(400),
    UNKNOWN_PARAMETER(400),
    REPEATED_PARAMETER(400),
    MISSING(400),
    EMPTY(400),
    TOO_LONG(400),
    TOO_LARGE(400),
    TOO_MANY(400),
    WRONG_SIZE(400),
    NOT_ALLOWED(400),
    /** Of a notification. */
    UNKNOWN_TYPE(400),
    /** Of a template: something that stands in no template, or not there. */
    INVALID_TEMPLATE(400),
    UNDECLARED_VARIABLE(400),
    UNSAFE_VARIABLE(400),
    DLT_MISMATCH(400),
    INVALID_TEXT(400),
    INVALID_RECIPIENT(400),
    INVALID_SENDER(400),
    CHANNEL_MISMATCH(400),
    INVALID_URL(400),
    INVALID_TIME(400),
    IN_THE_PAST(400),
    TOO_FAR_AHEAD(400),
    INVALID_DURATION(400),
    INVALID_CURSOR(400),
    INVALID_IDEMPOTENCY_KEY(400),
    NO_ITEM_ACCEPTED(400),
    /** Of somebody who needs blood: no donor and no alias has this one. */
    UNKNOWN_CITY(400),
    NOT_A_RECEIPT(400),
    NOT_AN_INBOUND_MESSAGE(400),
    UNAUTHORIZED(401),
    SCOPE_MISSING(403),
    BAD_SIGNATURE(403),
    NOT_FOUND(404),
    /** Of an account. */
    UNKNOWN_USER(404),
    /** Of an account, or one that takes no visits any more. */
    UNKNOWN_DOCTOR(404),
    METHOD_NOT_ALLOWED(405),
    BODY_TOO_SLOW(408),
    NOT_CANCELABLE(409),
    TOO_MANY_ENDPOINTS(409),
    ENDPOINT_DISABLED(409),
    NOT_SETTLED(409),
    /** Of a template, to be published. */
    NO_DRAFT(409),
    /** By templates that would not fit any more. */
    TYPE_IN_USE(409),
    /** Of a verification. */
    NOT_PENDING(409),
    /** Of a campaign: not in the state that it is in. */
    CAMPAIGN_STATE(409),
    /** Of a campaign: there is nobody to send it to yet. */
    NO_AUDIENCE(409),
    /** Of a campaign: its audience has broken rows, and nobody has said that the rest is enough. */
    AUDIENCE_UNCONFIRMED(409),
    /** Of a campaign: what its audience was held against does not change any more. */
    AUDIENCE_UPLOADED(409),
    /** Of blood that somebody needs: not in the state that it is in. */
    REQUEST_STATE(409),
    /** Of a donor, who has not said that the patient may know how to reach them. */
    NOT_SHARED(409),
    /** Of a doctor: the account has not said what its clinic is. */
    NO_CLINIC(409),
    /** Of a visit: somebody else has this time. */
    SLOT_TAKEN(409),
    /** Of a visit: no slot of the doctor begins then. */
    OUTSIDE_HOURS(409),
    /** Of a visit: less ahead than the clinic wants to know. */
    TOO_LATE(409),
    /** Of a visit: it has not begun, so nobody can know how it ends. */
    TOO_EARLY(409),
    /** Of a visit: from where it stands it may not move there. */
    TRANSITION_NOT_ALLOWED(409),
    REDACTED(409),
    ERASURE_KEY_MISSING(409),
    BODY_TOO_LARGE(413),
    URI_TOO_LONG(414),
    UNSUPPORTED_MEDIA_TYPE(415),
    IDEMPOTENCY_KEY_REUSED(422),
    WOULD_EXPIRE(422),
    /** One-time codes. */
    TOO_MANY_CODES(429),
    HEADERS_TOO_LARGE(431),
    RECIPIENT_OPTED_OUT(422),
    INTERNAL(500),
    UNAVAILABLE(503);

    private final int status;

    ProblemCode(int status) {
        this.status = status;
    }

    /** Whether the same request may have been taken before: then, under its key, it gets its first answer. */
    public boolean mayHaveBeenFineBefore() {
        return this == IN_THE_PAST || this == WOULD_EXPIRE;
    }

    /** The HTTP status of a problem with this code. */
    public int status() {
        return status;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** One for each status: the code says the rest. */
    String title() {
        return switch (status) {
            case 400 -> "The request is not valid";
            case 401 -> "No valid API key";
            case 403 -> "Not permitted";
            case 404 -> "Not found";
            case 405 -> "Method not allowed";
            case 408 -> "The request took too long to arrive";
            case 409 -> "Not possible in the present state";
            case 413, 414, 431 -> "The request is too large";
            case 415 -> "The body is of a type that is not taken";
            case 422 ->
                switch (this) {
                    case WOULD_EXPIRE -> "The message would expire before it can be sent";
                    case RECIPIENT_OPTED_OUT -> "The recipient has opted out";
                    default -> "The idempotency key was used for another request";
                };
            case 429 -> "Too many of these for now";
            case 503 -> "Not possible right now";
            default -> "Our mistake";
        };
    }
}
