package io.heliograph.simulator.twilio;

import io.heliograph.simulator.http.JsonText;
import io.heliograph.simulator.http.Replies;
import io.heliograph.simulator.ledger.Ledger;
import io.heliograph.simulator.ledger.Message;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The media of a message: listed, fetched, deleted. The files themselves are not fetched from anywhere. */
final class MediaOfMessage {
    private static final Map<String, String> TYPES = Map.of(
            "png", "image/png",
            "gif", "image/gif",
            "pdf", "application/pdf",
            "mp4", "video/mp4",
            "mp3", "audio/mpeg",
            "vcf", "text/vcard");
    private static final int PAGE_SIZE = 50;

    private final MessageJson json;
    private final String accountSid;
    private final TwilioDate dates = new TwilioDate();

    MediaOfMessage(MessageJson json, String accountSid) {
        this.json = json;
        this.accountSid = accountSid;
    }

    void list(HttpServerRequest http, Ledger ledger, Message message) {
        List<String> urls = message.content().mediaUrls();
        String uri = json.uri(ledger.ids().sid(message)) + "/Media.json?PageSize=" + PAGE_SIZE + "&Page=0";
        JsonText text = new JsonText().raw("{\"media_list\":[");
        int listed = 0;
        for (int index = 0; index < urls.size(); index++) {
            if (!urls.get(index).equals(Message.Content.DELETED)) {
                write(text.raw(listed++ == 0 ? "" : ","), ledger, message, index);
            }
        }
        text.raw("],\"first_page_uri\":").string(uri).raw(",\"uri\":").string(uri);
        text.raw(",\"next_page_uri\":null,\"previous_page_uri\":null,\"page\":0,\"page_size\":")
                .raw(PAGE_SIZE);
        text.raw(",\"start\":0,\"end\":").raw(Math.max(0, listed - 1)).raw("}");
        Replies.json(http, 200, text.toString());
    }

    /** One of them: GET shows it, DELETE removes it. */
    void one(HttpServerRequest http, Ledger ledger, Message message, String mediaSid) {
        int index = ledger.ids().mediaIndex(message, mediaSid);
        if (index < 0 || message.content().mediaUrls().get(index).equals(Message.Content.DELETED)) {
            TwilioReplies.notFound(http);
            return;
        }
        switch (http.method().name()) {
            case "GET" -> {
                JsonText text = new JsonText();
                write(text, ledger, message, index);
                Replies.json(http, 200, text.toString());
            }
            case "DELETE" -> {
                message.deleteMedia(index);
                Replies.empty(http, 204);
            }
            default -> TwilioReplies.error(http, TwilioError.of(20004));
        }
    }

    private void write(JsonText text, Ledger ledger, Message message, int index) {
        String sid = ledger.ids().mediaSid(message, index);
        String messageSid = ledger.ids().sid(message);
        String created = dates.write(message.createdAt());
        text.raw("{\"sid\":").string(sid).raw(",\"account_sid\":").string(accountSid);
        text.raw(",\"parent_sid\":").string(messageSid);
        text.raw(",\"content_type\":").string(type(message.content().mediaUrls().get(index)));
        text.raw(",\"date_created\":").string(created).raw(",\"date_updated\":").string(created);
        text.raw(",\"uri\":")
                .string(json.uri(messageSid) + "/Media/" + sid + ".json")
                .raw("}");
    }

    private static String type(String url) {
        String ending = url.substring(url.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(ending, "image/jpeg");
    }
}
