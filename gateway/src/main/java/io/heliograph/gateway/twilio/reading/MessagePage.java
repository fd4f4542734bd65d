package io.heliograph.gateway.twilio.reading;

import io.heliograph.gateway.twilio.words.Sids;
import io.heliograph.gateway.twilio.words.TwilioMessage;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A page as Twilio shows it, with the addresses of those beside it, which repeat the filters. Nothing else may stand in it: Twilio's
 * Python SDK takes the one key that it does not know for the list.
 */
record MessagePage(String accountSid, MultiMap query, PageRequest request, Look look) {
    private static final List<String> FILTERS = List.of("To", "From", "DateSent", "DateSent<", "DateSent>");

    JsonObject json() {
        List<TwilioMessage> messages = shown();
        int start = request.number() * request.size();
        JsonArray shown = new JsonArray();
        messages.forEach(message -> shown.add(message.json(accountSid)));
        return new JsonObject()
                .put("first_page_uri", uri(0, null))
                .put("end", messages.isEmpty() ? start : start + messages.size() - 1)
                .put("previous_page_uri", previous(messages))
                .put("messages", shown)
                .put("uri", uri(request.number(), request.token()))
                .put("page_size", request.size())
                .put("start", start)
                .put("next_page_uri", next(messages))
                .put("page", request.number());
    }

    /** In the list's order. */
    private List<TwilioMessage> shown() {
        List<TwilioMessage> shown =
                look.found().subList(0, Math.min(look.found().size(), request.size()));
        return request.backwards() ? shown.reversed() : shown;
    }

    private @Nullable String next(List<TwilioMessage> messages) {
        String last = messages.isEmpty() ? null : messages.getLast().sid();
        // Where a page was come to backwards, there is the one that it was come from.
        String position = request.backwards() ? (last == null ? end() : last) : beyond(last);
        return position == null ? null : uri(request.number() + 1, PageRequest.after(position));
    }

    private @Nullable String previous(List<TwilioMessage> messages) {
        String first = messages.isEmpty() ? null : messages.getFirst().sid();
        String position = request.backwards() ? beyond(first) : first;
        return position == null || request.number() == 0
                ? null
                : uri(request.number() - 1, PageRequest.before(position));
    }

    /** After which the list goes on in the direction that was asked for: what is shown last there, or looked at; null at its end. */
    private @Nullable String beyond(@Nullable String shownLast) {
        // One more than is shown says that there is another page.
        return look.found().size() > request.size() ? shownLast : end();
    }

    private @Nullable String end() {
        UUID end = look.end();
        return end == null ? null : Sids.ofMessage(end, false);
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
