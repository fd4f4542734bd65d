package io.heliograph.simulator.plivo;

import io.heliograph.simulator.calls.Problem;
import io.heliograph.simulator.http.Form;
import io.heliograph.simulator.http.JsonText;
import io.heliograph.simulator.http.Percent;
import io.heliograph.simulator.http.Replies;
import io.heliograph.simulator.ledger.Ledger;
import io.heliograph.simulator.ledger.Message;
import io.heliograph.simulator.ledger.Provider;
import io.vertx.core.http.HttpServerRequest;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists detail records, the newest first, up to twenty a page. */
final class ListPlivoMessages {
    private static final int PAGE_MAX = 20;

    private final PlivoReplies replies;
    private final PlivoMessageJson json;
    private final String messages;

    ListPlivoMessages(PlivoReplies replies, PlivoMessageJson json, String messages) {
        this.replies = replies;
        this.json = json;
        this.messages = messages;
    }

    void handle(HttpServerRequest http, Ledger ledger, Form query) {
        try {
            int limit = number(query.given("limit"), PAGE_MAX, 1, PAGE_MAX);
            int offset = number(query.given("offset"), 0, 0, Integer.MAX_VALUE);
            List<Message> found = collect(ledger, PlivoMessageFilter.read(query));
            Replies.json(http, 200, write(ledger, query, found, limit, offset));
        } catch (DateTimeException | NumberFormatException e) {
            replies.refuse(http, new Problem(400, 0, "invalid query parameter"));
        }
    }

    private static List<Message> collect(Ledger ledger, PlivoMessageFilter filter) {
        List<Message> found = new ArrayList<>();
        Iterator<Message> newestFirst = ledger.newestFirst(Provider.PLIVO, filter.to(), null);
        while (newestFirst.hasNext()) {
            Message message = newestFirst.next();
            if (filter.matches(message)) {
                found.add(message);
            }
        }
        return found;
    }

    private String write(Ledger ledger, Form query, List<Message> found, int limit, int offset) {
        int start = Math.min(offset, found.size());
        int end = Math.min(start + limit, found.size());
        JsonText text = replies.begin().raw(",\"meta\":{\"limit\":").raw(limit);
        text.raw(",\"next\":").string(end < found.size() ? uri(query, limit, end) : null);
        text.raw(",\"offset\":").raw(offset);
        text.raw(",\"previous\":").string(start > 0 ? uri(query, limit, Math.max(0, start - limit)) : null);
        text.raw(",\"total_count\":").raw(found.size()).raw("},\"objects\":[");
        String separator = "{";
        for (Message message : found.subList(start, end)) {
            json.write(text.raw(separator), ledger.ids().uuid(message), message).raw("}");
            separator = ",{";
        }
        return text.raw("]}").toString();
    }

    private String uri(Form query, int limit, int offset) {
        StringBuilder uri = new StringBuilder(messages).append("?limit=").append(limit);
        uri.append("&offset=").append(offset);
        for (String name : query.names()) {
            String value = query.given(name);
            if (value != null && !name.equals("limit") && !name.equals("offset")) {
                Percent.encode(name, uri.append('&'));
                Percent.encode(value, uri.append('='));
            }
        }
        return uri.toString();
    }

    private static int number(@Nullable String text, int fallback, int min, int max) {
        return text == null ? fallback : Math.clamp(Long.parseLong(text), min, max);
    }
}
