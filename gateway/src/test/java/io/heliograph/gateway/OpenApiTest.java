package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Cause;
import io.heliograph.contract.Channel;
import io.heliograph.contract.Lane;
import io.heliograph.contract.MessageStatus;
import io.heliograph.contract.Reason;
import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.TwilioCredentials;
import io.heliograph.gateway.appointments.AppointmentApi;
import io.heliograph.gateway.booking.Booking;
import io.heliograph.gateway.callbacks.CallbackMeters;
import io.heliograph.gateway.callbacks.DeliveryRates;
import io.heliograph.gateway.callbacks.inbound.InboundMeters;
import io.heliograph.gateway.callbacks.inbound.InboundRoutes;
import io.heliograph.gateway.events.stream.EventStreams;
import io.heliograph.gateway.events.stream.StreamLimits;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.BodyBudget;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.messages.fields.Estimates;
import io.heliograph.gateway.messages.fields.MessageFields;
import io.heliograph.gateway.messages.fields.Recipients;
import io.heliograph.gateway.notifications.Campaigns;
import io.heliograph.gateway.notifications.catalog.ShippedCatalog;
import io.heliograph.gateway.notifications.inbox.stream.InboxStreamLimits;
import io.heliograph.gateway.notifications.inbox.stream.InboxStreams;
import io.heliograph.gateway.notifications.settings.AccountSettings;
import io.heliograph.gateway.notifications.telling.PlanEvents;
import io.heliograph.gateway.notifications.telling.Tell;
import io.heliograph.gateway.notifications.verifications.OneTimeCodes;
import io.heliograph.gateway.notifications.verifications.VerificationSettings;
import io.heliograph.gateway.notifications.verifications.issuing.Limits;
import io.heliograph.gateway.outbox.AcceptMeters;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.heliograph.gateway.outbox.Topics;
import io.heliograph.gateway.sos.Sos;
import io.heliograph.gateway.turns.Answering;
import io.heliograph.providers.routing.RoutingTable;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.Ids;
import io.heliograph.runtime.Metrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.openapi.contract.Operation;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The description is complete and true. That real answers are as described, every other test proves in passing: see {@link
 * Description#check}.
 */
class OpenApiTest {
    private final Description description = Description.get();

    @Test
    void every_route_is_described_and_every_described_operation_is_routed() throws Exception {
        List<String> described = description.contract().operations().stream()
                .map(operation -> operation.getHttpMethod() + " " + operation.getOpenAPIPath())
                .toList();

        assertThat(routes()).containsExactlyInAnyOrderElementsOf(described);
    }

    @Test
    void every_operation_under_v1_may_fail_in_the_ways_that_all_can() {
        List<Operation> operations = description.contract().operations().stream()
                .filter(operation -> operation.getOpenAPIPath().startsWith("/v1/"))
                .toList();

        assertThat(operations)
                .isNotEmpty()
                .allSatisfy(operation -> assertThat(List.of(401, 403, 500, 503))
                        .as(operation.getOperationId())
                        .allMatch(status -> operation.getResponse(status) != null));
    }

    @Test
    void lists_every_code_of_a_problem() {
        assertThat(words("ProblemCode"))
                .containsExactlyElementsOf(Arrays.stream(ProblemCode.values())
                        .map(ProblemCode::word)
                        .toList());
    }

    @Test
    void lists_the_words_of_the_contract() {
        assertThat(words("Status"))
                .containsExactlyElementsOf(Arrays.stream(MessageStatus.values())
                        .map(MessageStatus::word)
                        .toList());
        assertThat(words("Channel")).containsExactlyElementsOf(Channel.WORDS);
        assertThat(words("Cause")).containsExactlyElementsOf(Cause.WORDS);
        assertThat(words("Lane")).containsExactlyElementsOf(Lane.WORDS);
        assertThat(words("Reason"))
                .containsExactlyElementsOf(
                        Stream.concat(Arrays.stream(Reason.values()).map(Reason::code), Stream.of("null"))
                                .toList());
    }

    @Test
    void knows_the_fields_of_a_message_that_the_gateway_knows() {
        assertThat(schema("NewMessage").getJsonObject("properties").fieldNames())
                .containsExactlyInAnyOrderElementsOf(MessageFields.NAMES);
    }

    @Test
    void gives_examples_of_requests_that_are_accepted() {
        JsonObject examples = description
                .asWritten()
                .getJsonObject("paths")
                .getJsonObject("/v1/messages")
                .getJsonObject("post")
                .getJsonObject("requestBody")
                .getJsonObject("content")
                .getJsonObject("application/json")
                .getJsonObject("examples");
        MessageFields fields = new MessageFields(new Recipients("US"), Estimates.AT_ONCE);
        MessageFields.Origin origin =
                new MessageFields.Origin(1, new Ids().get(), OffsetDateTime.parse("2026-11-20T12:00:00Z"), null);

        assertThat(examples.fieldNames())
                .allSatisfy(name -> assertThat(
                                fields.read(examples.getJsonObject(name).getJsonObject("value"), "", origin))
                        .isInstanceOf(MessageFields.Read.Valid.class));
    }

    private static List<String> routes() throws Exception {
        Vertx vertx = Vertx.vertx();
        Pool neverUsed = Database.pool(vertx, DatabaseUrl.parse("postgresql://127.0.0.1:1/none"), "test", 1);
        PrometheusMeterRegistry registry = Metrics.registry();
        HttpApi.Shared shared = new HttpApi.Shared(
                new ApiKeys(neverUsed),
                new TwilioCredentials(neverUsed),
                neverUsed,
                neverUsed,
                Topics.UNROUTED,
                ErasedPersons.NONE,
                Estimates.AT_ONCE,
                ShippedCatalog.read(),
                new AccountSettings(neverUsed),
                new Answers(registry, Map.of()),
                new AcceptMeters(registry),
                new CallbackMeters(registry, new DeliveryRates(neverUsed)),
                new InboundRoutes.Shared(new InboundMeters(registry), () -> RoutingTable.EMPTY, () -> {}),
                new Origins(new Ids(), Clock.systemUTC()),
                new EventStreams(neverUsed, new StreamLimits(1, 1, Duration.ofSeconds(1)), registry),
                new InboxStreams(neverUsed, new InboxStreamLimits(1, 1, Duration.ofSeconds(1)), registry),
                new OneTimeCodes(
                        new VerificationSettings(null, null, new Limits(0, 0, 0, 7, 0, 0, false)), neverUsed, registry),
                campaigns(neverUsed),
                sos(neverUsed),
                appointments(neverUsed),
                booking(neverUsed),
                new BodyBudget(1 << 20, BodyBudget.ARRIVAL_MAX));
        HttpApi api = new HttpApi(
                RunningGateway.config(DatabaseUrl.parse("postgresql://127.0.0.1:1/none")), shared, new AtomicInteger());
        List<String> routes = api.router(vertx, neverUsed).getRoutes().stream()
                .filter(route -> route.methods() != null)
                .flatMap(OpenApiTest::operations)
                .toList();
        vertx.close().await(5, TimeUnit.SECONDS);
        return routes;
    }

    private static AppointmentApi appointments(Pool neverUsed) {
        ShippedCatalog catalog = ShippedCatalog.read();
        Origins origins = new Origins(new Ids(), Clock.systemUTC());
        PlanEvents planEvents =
                new PlanEvents(catalog, new Tell(Estimates.AT_ONCE, origins.ids()), new AccountSettings(neverUsed));
        return new AppointmentApi(
                neverUsed,
                new AppointmentApi.Around(catalog, planEvents, Topics.UNROUTED, ErasedPersons.NONE, origins),
                Metrics.registry());
    }

    private static Booking booking(Pool neverUsed) {
        Origins origins = new Origins(new Ids(), Clock.systemUTC());
        return new Booking(
                Vertx.vertx(),
                neverUsed,
                origins.clock(),
                null,
                appointments(neverUsed).door(),
                new Answering(ErasedPersons.NONE, origins));
    }

    private static Campaigns campaigns(Pool neverUsed) {
        ShippedCatalog catalog = ShippedCatalog.read();
        Origins origins = new Origins(new Ids(), Clock.systemUTC());
        Tell tell = new Tell(Estimates.AT_ONCE, origins.ids());
        PlanEvents planEvents = new PlanEvents(catalog, tell, new AccountSettings(neverUsed));
        return new Campaigns(
                neverUsed,
                new Campaigns.Around(catalog, planEvents, tell, Topics.UNROUTED, ErasedPersons.NONE, origins),
                Metrics.registry());
    }

    private static Sos sos(Pool neverUsed) {
        Origins origins = new Origins(new Ids(), Clock.systemUTC());
        return new Sos(
                neverUsed,
                new Sos.Around(
                        ShippedCatalog.read(),
                        new AccountSettings(neverUsed),
                        new Tell(Estimates.AT_ONCE, origins.ids()),
                        Topics.UNROUTED,
                        ErasedPersons.NONE,
                        origins));
    }

    /** HEAD stands beside every GET, and is described once for all. */
    private static Stream<String> operations(Route route) {
        return route.methods().stream()
                .filter(method -> !method.equals(HttpMethod.HEAD))
                .map(method -> method + " "
                        + Description.validatorsPath(route.getPath().replaceAll(":(\\w+)", "{$1}")));
    }

    private List<String> words(String schema) {
        JsonArray words = schema(schema).getJsonArray("enum");
        return words.stream().map(String::valueOf).toList();
    }

    private JsonObject schema(String name) {
        return description
                .asWritten()
                .getJsonObject("components")
                .getJsonObject("schemas")
                .getJsonObject(name);
    }
}
