package io.heliograph.gateway.twilio.reading;

import io.heliograph.gateway.twilio.words.TwilioMessage;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A page as Twilio shows it, with the addresses of those beside it, which repeat the filters. Nothing else may stand in it: Twilio's
 * Python SDK takes the one key that it does not know for the list.
 */
record MessagePage(String accountSid, MultiMap query, PageRequest request) {
    private static final List<String> FILTERS = List.of("To", "From", "DateSent", "DateSent<", "DateSent>");

    /** {@code messages} in the list's order; {@code isMore} in the direction that was asked for. */
    JsonObject json(List<TwilioMessage> messages, boolean isMore) {
        int start = request.number() * request.size();
        JsonArray shown = new JsonArray();
        messages.forEach(message -> shown.add(message.json(accountSid)));
        return new JsonObject()
                .put("first_page_uri", uri(0, null))
                .put("end", messages.isEmpty() ? start : start + messages.size() - 1)
                .put("previous_page_uri", previous(messages, isMore))
                .put("messages", shown)
                .put("uri", uri(request.number(), request.token()))
                .put("page_size", request.size())
                .put("start", start)
                .put("next_page_uri", next(messages, isMore))
                .put("page", request.number());
    }

    private @Nullable String next(List<TwilioMessage> messages, boolean isMore) {
        // Where a page was come to backwards, there is the one that it was come from.
        return messages.isEmpty() || !(isMore || request.backwards())
                ? null
                : uri(request.number() + 1, PageRequest.after(messages.getLast().sid()));
    }

    private @Nullable String previous(List<TwilioMessage> messages, boolean isMore) {
        if (request.number() == 0 || messages.isEmpty() || (request.backwards() && !isMore)) {
            return null;
        }
        return uri(request.number() - 1, PageRequest.before(messages.getFirst().sid()));
    }

    private String uri(int number, @Nullable String token) {
        Stream<String> filters =
                FILTERS.stream().filter(name -> query.contains(name)).map(name -> parameter(name, query.get(name)));
        Stream<String> page = Stream.of(
                parameter("PageSize", Integer.toString(request.size())), parameter("Page", Integer.toString(number)));
        Stream<String> position = token == null ? Stream.of() : Stream.of(parameter("PageToken", token));
        return "/2010-04-01/Accounts/" + accountSid + "/Messages.json?"
                + Stream.of(filters, page, position).flatMap(all -> all).collect(Collectors.joining("&"));
    }

    private static String parameter(String name, String value) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8) + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
