package io.heliograph.gateway.twilio.reading;

import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.twilio.words.Sids;
import io.heliograph.gateway.twilio.words.TwilioCaller;
import io.heliograph.gateway.twilio.words.TwilioDates;
import io.heliograph.gateway.twilio.words.TwilioErrors;
import io.heliograph.gateway.twilio.words.TwilioMessage;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLConnection;
import java.util.UUID;

/** {@code …/Messages/{MessageSid}/Media…}: what goes with a message. The files stay where they are; here are their names. */
public final class MediaOfMessage {
    /** A message has at most ten, so that one page holds them. */
    private static final int PAGE_SIZE = 50;

    private final BothWays messages;

    public MediaOfMessage(BothWays messages) {
        this.messages = messages;
    }

    public Future<Answer> list(TwilioCaller caller, UUID messageId) {
        return find(caller, messageId).map(message -> {
            JsonArray media = new JsonArray();
            message.media().forEach(url -> media.add(json(caller, message, url)));
            String uri = path(caller, message) + ".json?PageSize=" + PAGE_SIZE + "&Page=0";
            return Answer.ok(new JsonObject()
                    .put("first_page_uri", uri)
                    .put("end", Math.max(0, media.size() - 1))
                    .put("previous_page_uri", null)
                    .put("media_list", media)
                    .put("uri", uri)
                    .put("page_size", PAGE_SIZE)
                    .put("start", 0)
                    .put("next_page_uri", null)
                    .put("page", 0));
        });
    }

    public Future<Answer> show(TwilioCaller caller, UUID messageId, String mediaSid) {
        return find(caller, messageId)
                .map(message -> message.media().stream()
                        .filter(url -> Sids.ofMedia(messageId, url).equals(mediaSid))
                        .findFirst()
                        .map(url -> Answer.ok(json(caller, message, url)))
                        .orElseThrow(TwilioErrors::notFound));
    }

    private Future<TwilioMessage> find(TwilioCaller caller, UUID messageId) {
        return messages.find(messageId, caller.accountId()).map(message -> {
            if (message == null) {
                throw TwilioErrors.notFound();
            }
            return message;
        });
    }

    private static JsonObject json(TwilioCaller caller, TwilioMessage message, String url) {
        String sid = Sids.ofMedia(message.id(), url);
        // Guessed by its ending: nobody has fetched it.
        String type = URLConnection.guessContentTypeFromName(url);
        String date = TwilioDates.text(message.createdAt());
        return new JsonObject()
                .put("account_sid", caller.accountSid())
                .put("content_type", type == null ? "application/octet-stream" : type)
                .put("date_created", date)
                .put("date_updated", date)
                .put("parent_sid", message.sid())
                .put("sid", sid)
                .put("uri", path(caller, message) + "/" + sid + ".json");
    }

    private static String path(TwilioCaller caller, TwilioMessage message) {
        return "/2010-04-01/Accounts/" + caller.accountSid() + "/Messages/" + message.sid() + "/Media";
    }
}
