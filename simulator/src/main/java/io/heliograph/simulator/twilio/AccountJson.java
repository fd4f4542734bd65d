package io.heliograph.simulator.twilio;

import io.heliograph.simulator.http.JsonText;

/** The account as Twilio renders it. */
final class AccountJson {
    private static final String CREATED = "Thu, 01 Jan 2026 00:00:00 +0000";

    private AccountJson() {}

    /** The URI ends without {@code .json}. */
    static String of(String sid, String uri) {
        JsonText json =
                new JsonText().raw("{\"auth_token\":null,\"date_created\":").string(CREATED);
        json.raw(",\"date_updated\":").string(CREATED).raw(",\"friendly_name\":\"Simulator\",\"owner_account_sid\":");
        json.string(sid).raw(",\"sid\":").string(sid).raw(",\"status\":\"active\",\"subresource_uris\":{\"messages\":");
        json.string(uri + "/Messages.json").raw("},\"type\":\"Full\",\"uri\":").string(uri + ".json");
        return json.raw("}").toString();
    }
}
