package io.heliograph.gateway;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/** Anything at all where clinics, doctors and visits are asked for. */
class AppointmentFuzzTest {
    private static final int TRIES = 200;
    private static final List<String> PLACE_NAMES = List.of(
            "name",
            "phone",
            "time_zone",
            "country",
            "notice",
            "follow_up",
            "notify",
            "emergency_number",
            "specialisation",
            "slot_minutes",
            "hours",
            "monday",
            "holidays",
            "from",
            "to",
            "active");
    private static final List<String> VISIT_NAMES = List.of(
            "doctor",
            "starts_at",
            "patient",
            "name",
            "user",
            "phone",
            "email",
            "locale",
            "notify",
            "notes",
            "by",
            "status",
            "override_notice");
    private static final List<String> PARAMETERS = List.of(
            "cursor",
            "limit",
            "phone",
            "from",
            "to",
            "status",
            "doctor",
            "user",
            "booking_id",
            "provider_message_id",
            "kind",
            "created_after",
            "created_before",
            "specialisation",
            "active");

    private static final FuzzedGateway fuzzed = new FuzzedGateway();
    private static final String VISIT = visit();

    private static String visit() {
        AppointmentCalls calls = new AppointmentCalls(fuzzed.gateway());
        calls.open();
        JsonObject slots = TestUsers.get(fuzzed.gateway(), "/v1/doctors/rao/slots");
        return "/v1/appointments/"
                + calls.booked(slots.getJsonArray("slots").getJsonObject(5).getString("starts_at"))
                        .getString("booking_id");
    }

    @AfterContainer
    static void stop() throws Exception {
        fuzzed.close();
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void of_a_clinic_and_its_doctors(@ForAll("places") String body) {
        send("PUT", "/v1/clinic", body);
        send("PUT", "/v1/doctors/sen", body);
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void of_a_visit(@ForAll("visits") String body) {
        send("POST", "/v1/appointments", body);
        for (String action : List.of("reschedule", "cancel", "complete", "no-show", "status")) {
            send("POST", VISIT + "/" + action, body);
        }
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void of_lists(@ForAll("queries") String query) {
        for (String path : List.of(
                "/v1/appointments",
                "/v1/appointments/notices",
                "/v1/doctors",
                "/v1/doctors/rao/slots",
                "/v1/appointments/x")) {
            var _ = fuzzed.authorized(
                    fuzzed.gateway().request(path + "?" + query).GET());
        }
    }

    private static void send(String method, String path, String body) {
        var _ = fuzzed.authorized(fuzzed.gateway().request(path).method(method, BodyPublishers.ofString(body)));
    }

    @Provide
    Arbitrary<String> places() {
        return Arbitraries.oneOf(
                AnyJson.objects(PLACE_NAMES)
                        .map(odd -> "{\"name\":\"C\",\"time_zone\":\"Asia/Kolkata\",\"specialisation\":\"S\""
                                + (odd.length() > 2 ? "," : "") + odd.substring(1)),
                AnyJson.values(PLACE_NAMES).map(any -> "{\"hours\":" + any + ",\"holidays\":[" + any + "]}"),
                AnyJson.values(PLACE_NAMES).map(any -> "{\"hours\":{\"monday\":[" + any + "]}}"),
                AnyJson.values(PLACE_NAMES));
    }

    @Provide
    Arbitrary<String> visits() {
        return Arbitraries.oneOf(
                AnyJson.objects(VISIT_NAMES)
                        .map(odd -> "{\"doctor\":\"rao\",\"patient\":{\"name\":\"R\",\"phone\":\"+919876543210\"}"
                                + (odd.length() > 2 ? "," : "") + odd.substring(1)),
                AnyJson.values(VISIT_NAMES).map(any -> "{\"patient\":" + any + ",\"notify\":" + any + "}"),
                AnyJson.objects(VISIT_NAMES),
                AnyJson.values(VISIT_NAMES));
    }

    @Provide
    Arbitrary<String> queries() {
        return AnyQuery.of(PARAMETERS, "2026-12-01", "+919876543210");
    }
}
