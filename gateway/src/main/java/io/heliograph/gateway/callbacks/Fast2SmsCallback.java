package io.heliograph.gateway.callbacks;

import static io.heliograph.gateway.callbacks.Fast2SmsWords.WORDS;

import io.heliograph.contract.ReceiptKey;
import io.heliograph.gateway.callbacks.Fast2SmsFields.Field;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fast2SMS's reports, which its customers shape in a dashboard: JSON or a form, by any method, one report or many. The id at the
 * provider is that of a whole call, so it counts together with the number.
 */
record Fast2SmsCallback(CallbackProof proof, Fast2SmsFields fields, CallbackMeters meters) implements CallbackSource {
    static final int REPORTS_MAX = 1_000;
    /** Of lists in lists, and the report: an array of calls with their delivery_status has three. */
    private static final int DEPTH_MAX = 4;
    /** In characters: a thousand reports each have a copy. */
    private static final int SHARED_LENGTH_MAX = 400;

    private static final String DELIVERY_STATUS = "delivery_status";

    @Override
    public List<Receipt> read(RoutingContext context, Supplier<UUID> ids) {
        List<ReportFields> reports = reports(context).limit(REPORTS_MAX + 1).toList();
        if (reports.size() > REPORTS_MAX) {
            throw Problem.of(
                            ProblemCode.BODY_TOO_LARGE,
                            "There are more than " + REPORTS_MAX + " reports. Send less at once.")
                    .exception();
        }
        List<Receipt> receipts = reports.stream()
                .map(report -> receipt(report, ids.get()))
                .filter(Objects::nonNull)
                .toList();
        meters.unreadable(reports.size() - receipts.size());
        return receipts;
    }

    private @Nullable Receipt receipt(ReportFields report, UUID id) {
        String mobile = report.word(fields.names(Field.NUMBER));
        String status = report.word(fields.names(Field.STATUS));
        String requestId = report.word(fields.names(Field.REQUEST_ID));
        String callRef = report.word(fields.names(Field.REFERENCE));
        String call = callRef == null ? requestId : callRef;
        if (mobile == null || status == null || call == null) {
            return null;
        }
        return new Receipt(
                id,
                WORDS.provider(),
                new Receipt.About(
                        null,
                        null,
                        requestId,
                        callRef == null ? null : ReceiptKey.of(callRef, mobile),
                        Receipt.Call.of(callRef),
                        ReceiptKey.tail(mobile)),
                status,
                WORDS.status(status),
                WORDS.isBadNews(status) ? report.start(fields.names(Field.REASON)) : null,
                WORDS.provider() + ":" + ReceiptKey.of(call, mobile) + ":" + status.toLowerCase(Locale.ROOT),
                report.all());
    }

    private Stream<ReportFields> reports(RoutingContext context) {
        Buffer body = context.body().buffer();
        MultiMap form = context.request().formAttributes();
        if (body == null || body.length() == 0 || !form.isEmpty()) {
            return Stream.of(ReportFields.of(form.isEmpty() ? context.queryParams() : form));
        }
        try {
            return flat(Json.decodeValue(body), DEPTH_MAX).map(ReportFields::of);
        } catch (DecodeException e) {
            return Stream.empty();
        }
    }

    /** One report is an object. Many are an array, or a list in one, with the delivery_status of each number. */
    private Stream<JsonObject> flat(@Nullable Object json, int depthMax) {
        if (depthMax == 0) {
            return Stream.empty();
        }
        return switch (json) {
            case JsonArray several -> flat(several, depthMax);
            case JsonObject reports when list(reports) != null -> flat(Objects.requireNonNull(list(reports)), depthMax);
            case JsonObject call
            when call.getValue(DELIVERY_STATUS) instanceof JsonArray several -> {
                JsonObject shared = shared(call);
                yield flat(several, depthMax).map(one -> shared.copy().mergeIn(one));
            }
            case JsonObject one -> Stream.of(one);
            // No report, and counted as one that tells nothing.
            case null, default -> Stream.of(new JsonObject());
        };
    }

    private Stream<JsonObject> flat(JsonArray several, int depthMax) {
        return several.stream().flatMap(one -> flat(one, depthMax - 1));
    }

    private @Nullable JsonArray list(JsonObject reports) {
        return ReportFields.list(reports, fields.names(Field.REPORTS));
    }

    /** Each report of the call is kept with these; the short ones, which say what call it was. */
    private static JsonObject shared(JsonObject call) {
        JsonObject shared = new JsonObject();
        int length = 0;
        for (var field : call) {
            int more = field.getKey().length() + Json.encode(field.getValue()).length();
            if (!field.getKey().equals(DELIVERY_STATUS) && length + more <= SHARED_LENGTH_MAX) {
                shared.put(field.getKey(), field.getValue());
                length += more;
            }
        }
        return shared;
    }
}
