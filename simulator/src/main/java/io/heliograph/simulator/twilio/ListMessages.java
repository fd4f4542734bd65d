package io.heliograph.simulator.twilio;

import io.heliograph.simulator.http.Form;
import io.heliograph.simulator.http.JsonText;
import io.heliograph.simulator.http.Percent;
import io.heliograph.simulator.http.Replies;
import io.heliograph.simulator.ledger.Ledger;
import io.heliograph.simulator.ledger.Message;
import io.heliograph.simulator.ledger.Provider;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists messages, the newest first, a page at a time. The token in a page's URI says where it starts. */
final class ListMessages {
    private static final int PAGE_SIZE = 50;
    private static final int PAGE_SIZE_MAX = 1_000;
    private static final String TOKEN_PREFIX = "PA";
    private static final List<String> FILTERS = List.of("To", "From", "DateSent", "DateSent<", "DateSent>");

    private final MessageJson json;
    private final String listUri;

    ListMessages(MessageJson json, String listUri) {
        this.json = json;
        this.listUri = listUri;
    }

    void handle(HttpServerRequest http, Ledger ledger, Form query) {
        MessageFilter filter = MessageFilter.read(query);
        String token = query.given("PageToken");
        if (filter == null || (token != null && !token.matches(TOKEN_PREFIX + "(SM|MM)[0-9a-fA-F]{32}"))) {
            TwilioReplies.error(http, new TwilioError(400, 20001, "Invalid query parameter"));
            return;
        }
        int size = number(query.given("PageSize"), PAGE_SIZE, 1, PAGE_SIZE_MAX);
        int page = token == null ? 0 : number(query.given("Page"), 0, 0, Integer.MAX_VALUE);
        @Nullable Message after = token == null ? null : ledger.findKept(token.substring(TOKEN_PREFIX.length()));
        List<Message> found = token != null && after == null ? List.of() : collect(ledger, filter, after, size + 1);
        Replies.json(http, 200, write(ledger, query, found, size, page));
    }

    /** One more than the page holds, to know whether there is a next one. */
    private static List<Message> collect(Ledger ledger, MessageFilter filter, @Nullable Message after, int max) {
        List<Message> found = new ArrayList<>();
        Iterator<Message> newestFirst = ledger.newestFirst(Provider.TWILIO, filter.to(), after);
        while (newestFirst.hasNext() && found.size() < max) {
            Message message = newestFirst.next();
            if (filter.matches(message)) {
                found.add(message);
            }
        }
        return found;
    }

    private String write(Ledger ledger, Form query, List<Message> found, int size, int page) {
        List<Message> shown = found.subList(0, Math.min(size, found.size()));
        JsonText text = new JsonText().raw("{\"messages\":[");
        String separator = "";
        for (Message message : shown) {
            json.write(text.raw(separator), ledger.ids().sid(message), message, true);
            separator = ",";
        }
        String own = query.given("PageToken");
        String next = found.size() > size ? TOKEN_PREFIX + ledger.ids().sid(shown.getLast()) : null;
        text.raw("],\"first_page_uri\":").string(uri(query, size, 0, null));
        text.raw(",\"uri\":").string(uri(query, size, page, own));
        text.raw(",\"next_page_uri\":").string(next == null ? null : uri(query, size, page + 1, next));
        // Tokens only lead on, so the way back is known from the second page alone.
        text.raw(",\"previous_page_uri\":").string(page == 1 ? uri(query, size, 0, null) : null);
        text.raw(",\"page\":").raw(page).raw(",\"page_size\":").raw(size);
        long start = (long) page * size;
        text.raw(",\"start\":").raw(start).raw(",\"end\":").raw(start + Math.max(0, shown.size() - 1));
        return text.raw("}").toString();
    }

    private String uri(Form query, int size, int page, @Nullable String token) {
        StringBuilder uri = new StringBuilder(listUri).append('?');
        for (String name : FILTERS) {
            String value = query.given(name);
            if (value != null) {
                Percent.encode(name, uri);
                Percent.encode(value, uri.append('='));
                uri.append('&');
            }
        }
        uri.append("PageSize=").append(size).append("&Page=").append(page);
        return token == null
                ? uri.toString()
                : uri.append("&PageToken=").append(token).toString();
    }

    private static int number(@Nullable String text, int fallback, int min, int max) {
        try {
            return text == null ? fallback : Math.clamp(Integer.parseInt(text), min, max);
        } catch (NumberFormatException e) {
            return fallback;
        }
    }
}
