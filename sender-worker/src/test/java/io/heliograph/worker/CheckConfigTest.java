package io.heliograph.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckConfigTest {
    @TempDir
    private Path folder;

    private record Answer(int status, String out, String err) {}

    @Test
    void prints_what_is_in_force() throws Exception {
        String file = file("""
            version: 7
            providers:
              twilio:
                kind: twilio
                account_sid: ${SID}
                auth_token: ${TOKEN}
                from: "+15005550006"
                limits: {per_second: 100}
              plivo-in:
                kind: plivo
                auth_id: MAs3cret
                auth_token: ${TOKEN}
                senders:
                  - {header: HELIOG, prefixes: ["+91"], per_second: 2.5}
                prices: {currency: EUR, default: 0.1, +91: 0.002}
              dry: {kind: log}
            routes:
              - {channel: sms, providers: twilio}
              - {channel: sms, prefix: +91, lanes: bulk, policy: weighted, providers: {plivo-in: 3, twilio: 1}}
            limits: {recipient: {count: 5, per: 1h}, account: {default_per_second: 100, accounts: {acme: 7}}}
            retry: {accounts: {acme: {attempts_max: 3, base: 5m, jitter: none}}}
            """);

        Answer answer = check(Map.of("SID", "AC5ec1e700000000000000000000000000", "TOKEN", "s3cret"), file);

        assertThat(answer.status()).isZero();
        assertThat(answer.err()).isEmpty();
        assertThat(answer.out())
                .startsWith("Nothing is wrong with " + file + ".\n")
                .doesNotContain("s3cret", "5ec1e7");
        assertThat(answer.out())
                .contains("""
            Version 7: it replaces what has no higher one
            Accounts
              twilio: kind twilio, carries sms, whatsapp
                limits: 100/s; calls at once: 64; time of a call: 10s; recipients of a call: 1
                base_url: https://api.twilio.com, account_sid: configured, auth_token: configured
                senders: +15005550006 (sms, whatsapp)
                prices: none
                left alone for 10s when 50% of 20 calls fail, passed over when 50% take longer than 5s
                asked for a receipt that has not come after 1h
              plivo-in: kind plivo, carries sms
                limits: no limit; calls at once: 64; time of a call: 10s; recipients of a call: 1 (up to 1000 without the limit of a sender)
                base_url: https://api.plivo.com, auth_id: configured, auth_token: configured
                senders: HELIOG (sms to +91, 2.5/s)
                prices: 1 by prefix, default 0.1, in EUR
                left alone for 10s when 50% of 20 calls fail, passed over when 50% take longer than 5s
                asked for a receipt that has not come after 1h
              dry: kind log, carries sms, whatsapp, email, web_push
                limits: no limit; calls at once: 64; time of a call: 10s; recipients of a call: 1000
                prices: none
                left alone for 10s when 50% of 20 calls fail, passed over when 50% take longer than 5s
                in no route: nothing goes there
            Routes, of which the first that fits is taken
              sms to +91 in bulk: weighted plivo-in (3), twilio (1)
              sms: ordered twilio
              whatsapp: no route, its messages fail with no_provider
              email: no route, its messages fail with no_provider
              web_push: no route, its messages fail with no_provider
            Limits
              a recipient: 5 messages in 1h
              a customer account: 100/s, acme 7/s
            Retries
              8 attempts, pauses of up to 1s, doubled up to 5m
              acme: 3 attempts, pauses of exactly 5m, doubled up to 5m
            Settings of the worker
            """)
                .contains("\n  HELIOGRAPH_WORKER_BATCH: 300\n", "\n  TOKEN: configured\n");
    }

    /** Goal: that nobody believes in a batch which the limit forbids. */
    @Test
    void says_how_many_recipients_a_call_really_has() throws Exception {
        String file = file("""
            providers:
              a: {kind: log, limits: {per_second: 50, batch: 500}}
              b: {kind: log, limits: {per_second: 1000, batch: 500}}
              c: {kind: log, limits: {per_second: 1000, batch: 5}}
            routes: {sms: [a, b, c]}
            """);

        assertThat(check(Map.of(), file).out())
                .contains(
                        "recipients of a call: 1 (up to 500 without the limit of 50/s)\n",
                        "recipients of a call: 6 (up to 500 without the limit of 1000/s)\n",
                        "recipients of a call: 5\n");
    }

    @Test
    void prints_all_that_is_wrong_with_lines() throws Exception {
        String file = file("""
            providers:
              plivo:
                kind: plivo
                auth_id: MA1
                auth_token: ${UNSET_TOKEN}
                from: HELIOG
                limits: {per_second: -1}
            routes: {sms: pilvo}
            """);

        Answer answer = check(Map.of("HELIOGRAPH_WORKER_BATCH", "many"), file);

        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err())
                .contains(
                        "The configuration has 4 mistakes",
                        "HELIOGRAPH_WORKER_BATCH: wants a whole number",
                        file + ":5: providers.plivo.auth_token is missing: UNSET_TOKEN is not set",
                        file + ":7: providers.plivo.limits.per_second wants a number from 0.001 to 1000000",
                        file + ":8: routes.sms leads to a provider that is not in the file; did you mean plivo?");
    }

    @Test
    void checks_the_file_that_the_environment_names_or_the_built_in_one() throws Exception {
        String file = file("providers: {}");

        assertThat(check(Map.of("HELIOGRAPH_PROVIDERS", file)).err())
                .contains(file + ":1: providers names no provider");
        assertThat(check(Map.of()).out()).contains("Nothing is wrong with built-in providers.yaml.");
    }

    @Test
    void names_the_file_that_is_not_there() {
        String missing = folder.resolve("nothere.yaml").toString();

        assertThat(check(Map.of(), missing).err())
                .contains("there is no file " + missing)
                .doesNotContain("Exception");
    }

    @Test
    void explains_itself() {
        assertThat(check(Map.of(), "--help"))
                .isEqualTo(new Answer(0, check(Map.of(), "--help").out(), ""));
        assertThat(check(Map.of(), "--help").out()).contains("check-config [FILE]");
        assertThat(check(Map.of(), "a", "b").status()).isEqualTo(2);
        assertThat(check(Map.of(), "--fiel").err()).contains("Usage");
    }

    /** Goal: the status that a pipeline sees. Method: the program itself, as the script starts it. */
    @Test
    void exits_with_1_when_something_is_wrong() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CheckConfig.class.getName(),
                        file("providers: {a: {kind: pigeon}}"))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(said).contains(":1: providers.a.kind wants one of twilio, plivo");
    }

    private String file(String text) throws Exception {
        return Files.writeString(folder.resolve("providers.yaml"), text).toString();
    }

    private static Answer check(Map<String, String> variables, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = CheckConfig.run(
                List.of(arguments),
                variables,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Answer(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
