package io.heliograph.providers.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Lane;
import io.heliograph.contract.SimulatorAccount;
import io.heliograph.providers.Breaker;
import io.heliograph.providers.KindSettings;
import io.heliograph.providers.ProviderAccount;
import io.heliograph.providers.Providers;
import io.heliograph.providers.Retries;
import io.heliograph.providers.Retry;
import io.heliograph.providers.Retry.Jitter;
import io.heliograph.providers.RetryWish;
import io.heliograph.providers.routing.AccountLimits;
import io.heliograph.providers.routing.FleetLimits;
import io.heliograph.providers.routing.FleetLimits.PerRecipient;
import io.heliograph.providers.routing.PriceTable;
import io.heliograph.providers.routing.Route;
import io.heliograph.providers.routing.Route.Leg;
import io.heliograph.providers.routing.Route.Policy;
import io.heliograph.providers.routing.SenderIdentity;
import io.heliograph.providers.routing.Senders;
import io.heliograph.runtime.ConfigurationException;
import io.heliograph.runtime.Environment;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvidersFileTest {
    private static final String SID = "AC00000000000000000000000000000007";
    private static final Set<Channel> SMS = Set.of(Channel.SMS);
    private static final Set<Channel> BOTH = Set.of(Channel.SMS, Channel.WHATSAPP);
    private static final Breaker BREAKER = new Breaker(50, 20, Duration.ofSeconds(10), Duration.ofSeconds(5), 50);

    @Test
    void leads_everything_to_the_simulator_by_default() {
        Providers providers = read(Map.of("HELIOGRAPH_SIMULATOR_PORT", "18090"));

        assertThat(providers)
                .isEqualTo(new Providers(
                        Map.of(
                                "twilio",
                                new ProviderAccount(
                                        "twilio",
                                        new KindSettings.Twilio(
                                                "http://localhost:18090",
                                                SimulatorAccount.ACCOUNT_SID,
                                                SimulatorAccount.AUTH_TOKEN),
                                        BOTH,
                                        new Senders(List.of(new SenderIdentity(
                                                SimulatorAccount.PHONE_NUMBER, BOTH, List.of(), null))),
                                        new AccountLimits(null, 64, Duration.ofSeconds(10), 1),
                                        BREAKER,
                                        PriceTable.NONE,
                                        Duration.ofHours(1)),
                                "webpush",
                                new ProviderAccount(
                                        "webpush",
                                        new KindSettings.WebPush(
                                                SimulatorAccount.VAPID_PUBLIC_KEY,
                                                SimulatorAccount.VAPID_PRIVATE_KEY,
                                                "mailto:operator@example.com"),
                                        Set.of(Channel.WEB_PUSH),
                                        new Senders(List.of()),
                                        new AccountLimits(null, 64, Duration.ofSeconds(10), 1),
                                        BREAKER,
                                        PriceTable.NONE,
                                        null)),
                        List.of(
                                route(Channel.SMS, "twilio"),
                                route(Channel.WHATSAPP, "twilio"),
                                route(Channel.WEB_PUSH, "webpush")),
                        FleetLimits.NONE,
                        new Retries(new Retry(8, Duration.ofSeconds(1), Duration.ofMinutes(5)), Map.of())));
    }

    @Test
    void honours_the_names_that_the_field_knows() {
        ProviderAccount twilio = account(
                read(Map.of(
                        "TWILIO_ACCOUNT_SID", SID,
                        "TWILIO_AUTH_TOKEN", "secret",
                        "TWILIO_PHONE_NUMBER", "+15550001111")),
                "twilio");

        assertThat(twilio.settings()).isEqualTo(new KindSettings.Twilio("http://localhost:8090", SID, "secret"));
        assertThat(twilio.senders().first(Channel.SMS, "+15005550010"))
                .isEqualTo(new SenderIdentity("+15550001111", BOTH, List.of(), null));
    }

    @Test
    void reads_the_short_form() {
        Providers providers = Texts.valid("""
            providers:
              main:
                kind: twilio
                account_sid: ${SID}
                auth_token: ${TOKEN}
                from: MG00000000000000000000000000000001
                whatsapp_from: "+15550002222"
                concurrency: 16
                timeout: 4s
                receipt_after: never
                breaker: {failure_percent: 30, calls: 50, open_for: 1m, slow_percent: 80}
              dry: {kind: log, concurrency: 2}
            routes: {sms: main}
            """, Map.of("SID", SID, "TOKEN", "t0ken: {\"odd\"}"));

        assertThat(account(providers, "main"))
                .isEqualTo(new ProviderAccount(
                        "main",
                        new KindSettings.Twilio("https://api.twilio.com", SID, "t0ken: {\"odd\"}"),
                        BOTH,
                        new Senders(List.of(
                                new SenderIdentity("MG00000000000000000000000000000001", SMS, List.of(), null),
                                new SenderIdentity("+15550002222", Set.of(Channel.WHATSAPP), List.of(), null))),
                        new AccountLimits(null, 16, Duration.ofSeconds(4), 1),
                        new Breaker(30, 50, Duration.ofMinutes(1), Duration.ofSeconds(2), 80),
                        PriceTable.NONE,
                        null));
        assertThat(account(providers, "dry").settings()).isEqualTo(new KindSettings.DryRun());
        assertThat(account(providers, "dry").limits().concurrency()).isEqualTo(2);
        assertThat(providers.routes()).containsExactly(route(Channel.SMS, "main"));
    }

    @Test
    void reads_what_is_done_with_messages_to_a_sender() {
        Providers providers = Texts.valid("""
            providers:
              main:
                kind: twilio
                account_sid: AC00000000000000000000000000000007
                auth_token: t
                keywords_answered_by: gateway
                senders:
                  - {number: +15005550006, account: acme}
                  - {number: 12345}
              dry: {kind: log}
            routes: {sms: main}
            """, Map.of());

        assertThat(account(providers, "main").senders().all())
                .extracting(SenderIdentity::inbound)
                .containsExactly(new SenderIdentity.Inbound("acme", false), new SenderIdentity.Inbound(null, false));
    }

    @Test
    void reads_every_setting_of_an_account() {
        Providers providers = Texts.valid("""
            providers:
              plivo-in:
                kind: plivo
                channels: [sms]
                base_url: http://localhost:1/
                auth_id: MA1
                auth_token: t
                senders:
                  - {header: HELIOG, prefixes: [+91, 92], per_second: 0.5}
                  - {number: +15005550006, channels: sms}
                  - name: Helio
                limits: {per_second: 100, concurrency: 8, timeout: 5s, batch: 200}
                breaker: {slow_call: 1s}
                receipt_after: 30m
                prices: {currency: EUR, default: 0.1, +91: 0.002, "9190": 0}
            """, Map.of());

        assertThat(account(providers, "plivo-in"))
                .isEqualTo(new ProviderAccount(
                        "plivo-in",
                        new KindSettings.Plivo("http://localhost:1", "MA1", "t"),
                        SMS,
                        new Senders(List.of(
                                new SenderIdentity("HELIOG", SMS, List.of("+91", "+92"), 0.5),
                                new SenderIdentity("+15005550006", SMS, List.of(), null),
                                new SenderIdentity("Helio", SMS, List.of(), null))),
                        new AccountLimits(100.0, 8, Duration.ofSeconds(5), 200),
                        new Breaker(50, 20, Duration.ofSeconds(10), Duration.ofSeconds(1), 50),
                        new PriceTable(
                                "EUR",
                                new BigDecimal("0.1"),
                                Map.of("+91", new BigDecimal("0.002"), "+9190", new BigDecimal("0"))),
                        Duration.ofMinutes(30)));
    }

    @Test
    void reads_every_kind() {
        Providers providers = Texts.valid("""
            providers:
              a: {kind: fast2sms, api_key: k, route: dlt_manual, entity_id: "1101234567890", from: HELIOG}
              b: {kind: fast2sms, api_key: k}
              c: {kind: textlocal, base_url: "https://api.txtlocal.com", api_key: k, from: HELIOG}
              d: {kind: smtp, host: mail.example.org, from: "Helio <no-reply@example.org>"}
              e: {kind: smtp, host: mail, port: 25, tls: none, username: u, password: p, from: a@b,
                  unsubscribe_url: "https://example.org/u"}
            """, Map.of());

        assertThat(account(providers, "a").settings())
                .isEqualTo(new KindSettings.Fast2Sms("https://www.fast2sms.com", "k", "dlt_manual", "1101234567890"));
        assertThat(account(providers, "b").settings())
                .isEqualTo(new KindSettings.Fast2Sms("https://www.fast2sms.com", "k", "q", null));
        assertThat(account(providers, "c").settings())
                .isEqualTo(new KindSettings.Textlocal("https://api.txtlocal.com", "k"));
        assertThat(account(providers, "d").settings())
                .isEqualTo(new KindSettings.Smtp(
                        "mail.example.org", 587, KindSettings.Smtp.Tls.STARTTLS, null, null, null));
        assertThat(account(providers, "e").settings())
                .isEqualTo(new KindSettings.Smtp(
                        "mail", 25, KindSettings.Smtp.Tls.NONE, "u", "p", "https://example.org/u"));
    }

    @Test
    void reads_routes_in_the_order_in_which_they_are_tried() {
        Providers providers = Texts.valid("""
            providers:
              a: {kind: log, prices: {currency: EUR, default: 1}}
              b: {kind: log, prices: {currency: EUR, default: 2}}
            routes:
              - {channel: whatsapp, providers: a}
              - {channel: sms, providers: [a, b]}
              - {channel: sms, lanes: bulk, policy: weighted, providers: {a: 3, b: 0}}
              - {channel: sms, prefix: +91, lanes: [critical, normal], policy: least_cost, providers: [b, a]}
            """, Map.of());

        List<Leg> plain = List.of(new Leg("a", 1), new Leg("b", 1));
        assertThat(providers.routes())
                .containsExactly(
                        new Route(
                                Channel.SMS,
                                "+91",
                                Set.of(Lane.CRITICAL, Lane.NORMAL),
                                Policy.LEAST_COST,
                                plain.reversed()),
                        new Route(
                                Channel.SMS,
                                "",
                                Set.of(Lane.BULK),
                                Policy.WEIGHTED,
                                List.of(new Leg("a", 3), new Leg("b", 0))),
                        new Route(Channel.SMS, "", Set.of(), Policy.ORDERED, plain),
                        route(Channel.WHATSAPP, "a"));
    }

    @Test
    void reads_its_version_if_it_has_one() {
        assertThat(Texts.valid("{version: 2026112801, providers: {dry: {kind: log}}}", Map.of())
                        .version())
                .isEqualTo(2026112801);
        assertThat(Texts.valid("providers: {dry: {kind: log}}", Map.of()).version())
                .isZero();
        assertThat(Texts.mistakes("{version: 0, providers: {dry: {kind: log}}}"))
                .containsExactly("1: version wants a whole number from 1 to 2147483647");
    }

    @Test
    void reads_limits_and_retries() {
        Providers providers = Texts.valid("""
            providers: {dry: {kind: log}}
            limits:
              recipient: {count: 5, per: 1h}
              account: {default_per_second: 100, accounts: {acme: 2.5}}
            retry:
              {attempts_max: 3, base: 2s, cap: 1m, accounts: {acme: {attempts_max: 5, jitter: none}, slow: {base: 5m}}}
            """, Map.of());

        assertThat(providers.limits())
                .isEqualTo(new FleetLimits(new PerRecipient(5, Duration.ofHours(1)), 100.0, Map.of("acme", 2.5)));
        assertThat(providers.retry())
                .isEqualTo(new Retries(
                        new Retry(3, Duration.ofSeconds(2), Duration.ofMinutes(1)),
                        Map.of(
                                "acme",
                                new RetryWish(5, null, null, Jitter.NONE),
                                "slow",
                                new RetryWish(null, Duration.ofMinutes(5), null, null))));
        assertThat(Texts.valid("providers: {dry: {kind: log}}", Map.of("HELIOGRAPH_ATTEMPTS_MAX", "5"))
                        .retry()
                        .usual()
                        .attemptsMax())
                .isEqualTo(5);
    }

    @Test
    void keeps_its_secrets_out_of_the_routing_table_and_out_of_what_it_prints() {
        Providers providers = Texts.valid("""
            providers:
              a: {kind: twilio, account_sid: AC5ec1e700000000000000000000000000, auth_token: s3cret2, from: "+15005550006"}
              b: {kind: plivo, auth_id: s3cret3, auth_token: s3cret4, from: "+15005550006"}
              c: {kind: fast2sms, api_key: s3cret5}
              d: {kind: textlocal, api_key: s3cret6, from: HELIOG}
              e: {kind: smtp, host: h, username: s3cret7, password: s3cret8, from: a@b}
            """, Map.of());

        assertThat(providers.toString()).contains("configured").doesNotContain("s3cret", "5ec1e7");
        assertThat(providers.routingTable().toString()).contains("FAST2SMS").doesNotContain("s3cret", "5ec1e7");
    }

    @Test
    void tells_the_environment_all_mistakes_with_the_lines_of_the_file(@TempDir Path folder) throws Exception {
        Path path = Files.writeString(folder.resolve("providers.yaml"), """
            providers:
              plivo:
                kind: plivo
                auth_id: MA1
                auth_token: ${UNSET_TOKEN}
                from: HELIOG
                limits: {per_second: -1}
            """);

        assertThatThrownBy(() -> read(Map.of("HELIOGRAPH_PROVIDERS", path.toString())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(
                        path + ":5: providers.plivo.auth_token is missing: UNSET_TOKEN is not set",
                        path + ":7: providers.plivo.limits.per_second wants a number from 0.001 to 1000000");
    }

    @Test
    void says_in_words_which_file_cannot_be_read() {
        assertThatThrownBy(() -> read(Map.of("HELIOGRAPH_PROVIDERS", "/no/such/file")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageEndingWith("HELIOGRAPH_PROVIDERS: there is no file /no/such/file");
        assertThatThrownBy(() -> read(Map.of("HELIOGRAPH_PROVIDERS", "/")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageEndingWith("HELIOGRAPH_PROVIDERS: / is a directory");
    }

    private static Route route(Channel channel, String provider) {
        return new Route(channel, "", Set.of(), Policy.ORDERED, List.of(new Leg(provider, 1)));
    }

    private static ProviderAccount account(Providers providers, String name) {
        return Objects.requireNonNull(providers.accounts().get(name));
    }

    private static Providers read(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        Providers providers = ProvidersFile.of(environment, Texts.LEASE).read();
        environment.check();
        return providers;
    }
}
