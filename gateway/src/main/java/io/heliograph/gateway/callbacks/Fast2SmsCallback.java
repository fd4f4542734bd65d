package io.heliograph.gateway.callbacks;

import static io.heliograph.gateway.callbacks.Fast2SmsWords.WORDS;

import io.heliograph.contract.ReceiptKey;
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
record Fast2SmsCallback(CallbackProof proof) implements CallbackSource {
    static final int REPORTS_MAX = 1_000;

    @Override
    public List<Receipt> read(RoutingContext context, Supplier<UUID> ids) {
        return reports(context)
                .limit(REPORTS_MAX)
                .map(report -> receipt(report, ids.get()))
                .filter(Objects::nonNull)
                .toList();
    }

    private static @Nullable Receipt receipt(ReportFields report, UUID id) {
        String mobile = report.word("mobile", "number");
        String status = report.word("status");
        String requestId = report.word("request_id");
        String callRef = report.word("udf1");
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
                WORDS.isBadNews(status) ? report.start("failure_reason", "status_description") : null,
                WORDS.provider() + ":" + ReceiptKey.of(call, mobile) + ":" + status.toLowerCase(Locale.ROOT),
                report.all());
    }

    private static Stream<ReportFields> reports(RoutingContext context) {
        Buffer body = context.body().buffer();
        MultiMap form = context.request().formAttributes();
        if (body == null || body.length() == 0 || !form.isEmpty()) {
            return Stream.of(ReportFields.of(form.isEmpty() ? context.queryParams() : form));
        }
        try {
            return flat(Json.decodeValue(body)).map(ReportFields::of);
        } catch (DecodeException e) {
            return Stream.empty();
        }
    }

    /** One report is an object. Many are an array, or sms_reports with the delivery_status of each number. */
    private static Stream<JsonObject> flat(@Nullable Object json) {
        return switch (json) {
            case JsonArray several -> several.stream().flatMap(Fast2SmsCallback::flat);
            case JsonObject reports when reports.getValue("sms_reports") instanceof JsonArray several -> flat(several);
            case JsonObject call
            when call.getValue("delivery_status") instanceof JsonArray several -> {
                JsonObject shared = call.copy();
                shared.remove("delivery_status");
                yield flat(several).map(one -> shared.copy().mergeIn(one));
            }
            case JsonObject one -> Stream.of(one);
            case null, default -> Stream.empty();
        };
    }
}
