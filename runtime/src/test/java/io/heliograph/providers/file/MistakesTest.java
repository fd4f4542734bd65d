package io.heliograph.providers.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Channel;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MistakesTest {
    @Test
    void are_all_told_at_once_with_their_lines() {
        assertThat(Texts.mistakes("""
            providers:
              a:
                kind: twilio
                from: "+15001"
                account_sid: "${UNSET}"
                concurrency: many
                tiemout: 3s
                limits:
                  per_second: -5
                  batch: 2
                  weight: 3
                breaker: {calls: 0}
              b: {kind: pigeon, breaker: {calls: 0}}
              c: {kind: plvo}
              d: {}
              D: {kind: log}
              sms: {kind: log}
              e: 7
            rotues: {}
            limits: {recipient: {count: 3}, account: {default_per_second: 0}}
            retry: {attempts_max: 0, base: 10m}
            """))
                .containsExactly(
                        "2: providers.a.auth_token is missing",
                        "5: providers.a.account_sid is missing: UNSET is not set",
                        "6: providers.a.concurrency wants a whole number from 1 to 10000",
                        "7: providers.a.tiemout is not known; did you mean timeout?",
                        "9: providers.a.limits.per_second wants a number from 0.001 to 1000000",
                        "10: providers.a.limits.batch wants 1",
                        "11: providers.a.limits.weight is not known; known are batch, concurrency, per_second, timeout",
                        "12: providers.a.breaker.calls wants a whole number from 1 to 10000",
                        "13: providers.b.kind wants one of twilio, plivo, fast2sms, textlocal, smtp, webpush, log",
                        "13: providers.b.breaker.calls wants a whole number from 1 to 10000",
                        "14: providers.c.kind wants one of twilio, plivo, fast2sms, textlocal, smtp, webpush, log; did you mean plivo?",
                        "14: providers.c.auth_id is missing",
                        "14: providers.c.auth_token is missing",
                        "14: providers.c.from is missing: the sender of messages that name none",
                        "15: providers.d.kind is missing",
                        "16: providers.D is not a name: wants 1 to 32 of a-z, 0-9, _ and -, but not none, "
                                + String.join(", ", Channel.WORDS),
                        "17: providers.sms is not a name: wants 1 to 32 of a-z, 0-9, _ and -, but not none, "
                                + String.join(", ", Channel.WORDS),
                        "18: providers.e wants a mapping",
                        "19: rotues is not known; did you mean routes?",
                        "20: limits.recipient wants both, count and per",
                        "20: limits.account.default_per_second wants a number from 0.001 to 1000000",
                        "21: retry wants a cap that is not shorter than base",
                        "21: retry.attempts_max wants a whole number from 1 to 1000");
    }

    @Test
    void of_variables_that_are_not_set_are_told_where_the_value_may_be_missing_too() {
        assertThat(Texts.mistakes("""
            providers:
              a: {kind: log, limits: {per_second: "${LIMIT}", timeout: "${TIMEOUT:-}"}}
              m: {kind: smtp, host: mail.example, from: a@b.example, username: "${SMTP_USER}", password: "${SMTP_WORD}"}
            """))
                .containsExactly(
                        "2: providers.a.limits.per_second names the variable LIMIT, which is not set (${LIMIT:-} if it need not be)",
                        "3: providers.m.username names the variable SMTP_USER, which is not set (${SMTP_USER:-} if it need not be)",
                        "3: providers.m.password names the variable SMTP_WORD, which is not set (${SMTP_WORD:-} if it need not be)");
    }

    /** Goal: no limit is off that somebody believes to be on. */
    @Test
    void of_keys_with_nothing_behind_them() {
        assertThat(Texts.mistakes("""
            providers:
              a:
                kind: log
                channels: []
                limits: {per_second: , concurrency: ""}
                breaker: {slow_percent: ~}
                prices: {currency: EUR, default: , "+91": }
              b: {kind: plivo, auth_id: i, auth_token: t, from: , receipt_after: }
              c:
            routes:
              - {channel: sms, lanes: , prefix: , policy: , providers: a}
              - {channel: email, lanes: [bulk, ""], providers: [a, ]}
              - {channel: whatsapp, providers: }
            limits:
              recipient: {count: , per: 1h}
              account: {default_per_second: , accounts: {acme: , other: 5}}
            retry: {base: null, accounts: {acme: {jitter: }, other: }}
            version:
            """))
                .containsExactly(
                        "4: providers.a.channels is empty: give it a value, or take it out",
                        "5: providers.a.limits.per_second is empty: give it a value, or take it out",
                        "5: providers.a.limits.concurrency is empty: give it a value, or take it out",
                        "6: providers.a.breaker.slow_percent is empty: give it a value, or take it out",
                        "7: providers.a.prices.+91 is missing",
                        "7: providers.a.prices.default is empty: give it a value, or take it out",
                        "8: providers.b.from is empty: give it a value, or take it out",
                        "8: providers.b.receipt_after is empty: give it a value, or take it out",
                        "9: providers.c is empty: give it a value, or take it out",
                        "11: routes[0].prefix is empty: give it a value, or take it out",
                        "11: routes[0].lanes is empty: give it a value, or take it out",
                        "11: routes[0].policy is empty: give it a value, or take it out",
                        "12: routes[1].lanes[1] is empty: give it a value, or take it out",
                        "13: routes[2].providers leads to nothing",
                        "15: limits.recipient.count is empty: give it a value, or take it out",
                        "16: limits.account.default_per_second is empty: give it a value, or take it out",
                        "16: limits.account.accounts.acme is empty: give it a value, or take it out",
                        "17: retry.base is empty: give it a value, or take it out",
                        "17: retry.accounts.acme.jitter is empty: give it a value, or take it out",
                        "17: retry.accounts.other is empty: give it a value, or take it out",
                        "18: version is empty: give it a value, or take it out");
        assertThat(Texts.mistakes("providers:\n"))
                .containsExactly("1: providers is empty: give it a value, or take it out");
    }

    @Test
    void are_not_made_by_variables_that_may_be_missing() {
        assertThat(Texts.mistakes("""
            providers:
              a: {kind: log, limits: {per_second: "${LIMIT:-}", timeout: "${TIMEOUT:-}"}, receipt_after: "${AFTER:-}"}
              m: {kind: smtp, host: mail.example, from: a@b.example, username: "${SMTP_USER:-}", password: "${SMTP_WORD:-}"}
            routes: {sms: a}
            limits: {recipient: {count: "${COUNT:-}", per: "${PER:-}"}}
            retry: {accounts: {acme: {cap: "${CAP:-}"}}}
            """)).isEmpty();
        assertThat(Texts.mistakes("""
            providers: {a: {kind: log}}
            routes: {sms: "${ROUTE:-}"}
            limits: {recipient: {count: "${COUNT:-}", per: 1h}}
            """))
                .containsExactly("2: routes.sms is missing", "3: limits.recipient wants both, count and per");
    }

    @Test
    void of_a_call_that_may_take_longer_than_its_claim_is_good() {
        assertThat(Texts.mistakes("""
            providers:
              a: {kind: log, timeout: 60s}
              b: {kind: log, limits: {timeout: 16s}, breaker: {slow_call: 15s}}
              c: {kind: log, timeout: 15s}
            """))
                .containsExactly(
                        "2: providers.a.timeout wants at most 15s, a quarter of HELIOGRAPH_LEASE",
                        "3: providers.b.limits.timeout wants at most 15s, a quarter of HELIOGRAPH_LEASE",
                        "3: providers.b.breaker.slow_call wants a duration shorter than the timeout of a call, 15s");
    }

    @Test
    void of_who_messages_come_from_in_short() {
        assertThat(Texts.mistakes("""
            providers:
              a: {kind: twilio, account_sid: foo, auth_token: t, from: "???", whatsapp_from: Helio}
              b: {kind: twilio, account_sid: AC0000000000000000000000000000000, auth_token: t, from: MG1, channels: [sms]}
              c: {kind: plivo, auth_id: i, auth_token: t, from: MG00000000000000000000000000000001}
              d: {kind: textlocal, api_key: k, from: Helio Clinic}
              e: {kind: fast2sms, api_key: k, route: dlt, from: "+15005550006"}
              f: {kind: plivo, auth_id: i, auth_token: t, from: "12"}
              g: {kind: twilio, account_sid: AC0000000000000000000000000000000A, auth_token: t, channels: whatsapp, from: Helio}
            """))
                .containsExactly(
                        "2: providers.a.account_sid wants AC and 32 hexadecimal digits",
                        "2: providers.a.whatsapp_from wants a number such as +15005550006, or a messaging service: MG and 32 hexadecimal digits",
                        "2: providers.a.from wants a number such as +15005550006, or a short code, or a name of 1 to 11 letters and digits, or a messaging service: MG and 32 hexadecimal digits",
                        "3: providers.b.account_sid wants AC and 32 hexadecimal digits",
                        "4: providers.c.from wants a number such as +15005550006, or a short code, or a name of 1 to 11 letters and digits",
                        "5: providers.d.from wants a number such as +15005550006, or a short code, or a name of 1 to 11 letters and digits",
                        "6: providers.e.from wants a header of 3 to 9 letters and digits",
                        "7: providers.f.from wants a number such as +15005550006, or a short code, or a name of 1 to 11 letters and digits",
                        "8: providers.g.from wants a number such as +15005550006, or a messaging service: MG and 32 hexadecimal digits");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind: twilio, account_sid: AC0000000000000000000000000000000A, auth_token: t, from: \"+15005550006\"",
                "kind: twilio, account_sid: AC0000000000000000000000000000000A, auth_token: t, from: 12345",
                "kind: twilio, account_sid: AC0000000000000000000000000000000A, auth_token: t, from: Helio 24x7",
                "kind: twilio, account_sid: AC0000000000000000000000000000000A, auth_token: t, whatsapp_from: \"whatsapp:+15005550006\"",
                "kind: twilio, account_sid: AC0000000000000000000000000000000A, auth_token: t, from: MG0000000000000000000000000000000B",
                "kind: plivo, auth_id: i, auth_token: t, from: 14155550100",
                "kind: fast2sms, api_key: k, route: dlt, from: HELIOG",
                "kind: log, from: Helio <no-reply@example.com>",
                "kind: log, from: HELIOG"
            })
    void are_not_made_by_who_messages_may_come_from(String account) {
        assertThat(Texts.mistakes("providers: {a: {" + account + "}}")).isEmpty();
    }

    @Test
    void of_receipts_that_nobody_can_be_asked_for() {
        assertThat(Texts.mistakes("""
            providers:
              a: {kind: log, receipt_after: 1h}
              b: {kind: plivo, auth_id: i, auth_token: t, from: "+15005550006", receipt_after: 25h}
              c: {kind: plivo, auth_id: i, auth_token: t, from: "+15005550006", receipt_after: soon}
            routes: {sms: b}
            """))
                .containsExactly(
                        "2: providers.a.receipt_after wants never: kind log has no receipts",
                        "3: providers.b.receipt_after wants never, or a duration from 1s to 1d",
                        "4: providers.c.receipt_after wants a duration such as 250ms, 5s or 10m, at most 30d");
    }

    @Test
    void of_a_slow_call_that_could_never_be_seen() {
        assertThat(Texts.mistakes("""
            providers:
              a:
                kind: log
                limits: {timeout: 4s}
                breaker: {slow_call: 4s, slow_percent: 101}
            """))
                .containsExactly(
                        "5: providers.a.breaker.slow_percent wants a whole number from 1 to 100",
                        "5: providers.a.breaker.slow_call wants a duration shorter than the timeout of a call, 4s");
    }

    @Test
    void of_an_accounts_retries_say_what_is_wrong_with_them() {
        assertThat(Texts.mistakes("""
            providers: {dry: {kind: log}}
            routes: {sms: dry}
            retry:
              accounts:
                acme: {base: 5m, cap: 1m}
                other: {tries: 3, jitter: some}
            """))
                .containsExactly(
                        "5: retry.accounts.acme wants a cap that is not shorter than base",
                        "6: retry.accounts.other.jitter wants one of full, none",
                        "6: retry.accounts.other.tries is not known; known are attempts_max, base, cap, jitter");
    }

    @Test
    void of_routes_say_what_is_wrong_with_where_they_lead() {
        assertThat(Texts.mistakes("""
            providers:
              dry: {kind: log, prices: {currency: EUR, default: 1}}
              plivo: {kind: plivo, auth_id: i, auth_token: t, from: "+15005550006"}
              usd: {kind: log, prices: {currency: USD, default: 1}}
            routes:
              - {channel: sms, providers: pilvo}
              - {channel: sms, prefix: +1, providers: []}
              - {channel: sms, prefix: "+44"}
              - {channel: whatsapp, providers: plivo}
              - {channel: sms, prefix: abc, lanes: [bulk, blk], providers: dry}
              - {channel: sms, prefix: +2, lanes: bulk, policy: weighted, providers: {dry: 0, plivo: 0}}
              - {channel: sms, prefix: +2, lanes: [bulk, normal], providers: {dry: 1}}
              - {channel: sms, prefix: +3, policy: least_cost, providers: [dry, plivo]}
              - {channel: sms, prefix: +4, policy: least_cost, providers: [dry, usd]}
              - {channel: sms, prefix: +5, policy: cheapest, providers: [dry, dry]}
              - {channel: sms, prefix: +6, policy: weighted, providers: {dry: -1}}
              - {providers: dry}
              - {channel: pigeon, providers: dry}
            """))
                .containsExactly(
                        "6: routes[0].providers leads to a provider that is not in the file; did you mean plivo?",
                        "7: routes[1].providers leads to nothing",
                        "8: routes[2].providers leads to nothing",
                        "9: routes[3].providers leads whatsapp to plivo, which does not carry it",
                        "10: routes[4].prefix wants the beginning of a number with its country code, such as +91",
                        "10: routes[4].lanes[1] wants one of critical, normal, bulk; did you mean bulk?",
                        "11: routes[5].providers wants a weight above 0 for one of them at least",
                        "12: routes[6].providers has weights, which only policy weighted looks at",
                        "12: routes[6].providers is for messages that already have a route, in line 11",
                        "13: routes[7].providers wants prices for policy least_cost, and plivo has none",
                        "14: routes[8].providers wants prices in one currency, and they are in EUR, USD",
                        "15: routes[9].policy wants one of ordered, weighted, least_cost",
                        "15: routes[9].providers[1] names dry twice",
                        "16: routes[10].providers.dry wants a whole number from 0 to 1000000",
                        "17: routes[11].channel is missing",
                        "18: routes[12].channel wants one of " + String.join(", ", Channel.WORDS));
    }

    @Test
    void of_the_short_form_of_routes_have_lines_too() {
        assertThat(Texts.mistakes("""
            providers: {dry: {kind: log}}
            routes:
              sms: nobody
              whatsapp: ${UNSET}
              pigeon: dry
            """))
                .containsExactly(
                        "3: routes.sms leads to a provider that is not in the file",
                        "4: routes.whatsapp is missing: UNSET is not set",
                        "5: routes.pigeon is not known; known are "
                                + Channel.WORDS.stream().sorted().collect(Collectors.joining(", ")));
    }

    @Test
    void of_the_keys_of_web_push() {
        assertThat(Texts.mistakes("""
            providers:
              a: {kind: webpush, vapid_public_key: BK, vapid_private_key: x, subject: me}
              b:
                kind: webpush
                vapid_public_key: BJGZwMLGdcMEOfLSMZsTe7yVHmzbJoCW4PT2Gomr3HTgBzbeN76whsqrEoGXrt02ouX9eiLRtOoPThpmg6qdodw
                vapid_private_key: Acq77ZI-EKJcyT35MhGsU4ylS3JIjiwu95O87LDhcRo
                subject: mailto:ops@example.com
                from: Helio
              c: {kind: webpush, subject: https://example.com}
            routes:
              - {channel: web_push, prefix: "+91", providers: b}
            """))
                .containsExactly(
                        "2: providers.a.subject wants where whoever runs this is reached: mailto: and an email address, or an https URL",
                        "2: providers.a.vapid_public_key wants the public key of a VAPID pair: 87 characters, base64url; ./heliograph vapid-keys makes one",
                        "2: providers.a.vapid_private_key wants the private key of a VAPID pair: 43 characters, base64url",
                        "6: providers.b.vapid_private_key is not the private key of vapid_public_key",
                        "9: providers.c.vapid_public_key is missing",
                        "9: providers.c.vapid_private_key is missing",
                        "11: routes[0].prefix is nothing that an address of web_push has");
    }

    @Test
    void of_senders_and_prices() {
        assertThat(Texts.mistakes("""
            providers:
              a:
                kind: plivo
                auth_id: i
                auth_token: t
                senders:
                  - {number: 12}
                  - {number: "+15005550006", name: Helio}
                  - {header: HELIOG, channels: [whatsapp]}
                  - {header: HELIOG}
                  - {header: OTHER, prefixes: [x], per_second: 0}
                prices:
                  default: -0.1
                  currency: euro
                  +91: free
                  "91": 1
                  91x: 1
              b: {kind: textlocal, api_key: k}
              c: {kind: smtp, host: "a b", username: u, from: a@b}
              d: {kind: log, channels: [sms, sms, pigeon], timeout: 1s, limits: {timeout: 2s}}
              e: {kind: fast2sms, api_key: k, route: dlt, base_url: "ftp://x"}
            """))
                .containsExactly(
                        "7: providers.a.senders[0].number wants a number such as +15005550006, or a short code",
                        "8: providers.a.senders[1] wants one of number, header, name, service and address",
                        "9: providers.a.senders[2].channels[0] wants a channel that the account has, not whatsapp",
                        "10: providers.a.senders[3] is a sender that is in the list already",
                        "11: providers.a.senders[4].prefixes[0] wants the beginning of a number with its country code, such as +91",
                        "11: providers.a.senders[4].per_second wants a number from 0.001 to 1000000",
                        "13: providers.a.prices.default wants a price: a number such as 0.0079, not below 0",
                        "14: providers.a.prices.currency wants three letters, such as EUR",
                        "15: providers.a.prices.+91 wants a price: a number such as 0.0079, not below 0",
                        "17: providers.a.prices.(a key) is not known; known are currency, default and the beginnings of numbers, such as +91",
                        "18: providers.b.from is missing: the sender of messages that name none",
                        "19: providers.c wants both of username and password, or neither",
                        "19: providers.c.host wants the name of a host",
                        "20: providers.d.channels[1] is given twice",
                        "20: providers.d.channels[2] wants one of " + String.join(", ", Channel.WORDS),
                        "20: providers.d.timeout is given in limits too",
                        "21: providers.e.base_url wants an http or https URL, without a user",
                        "21: providers.e.from is missing: the sender of messages that name none");
    }

    @Test
    void of_routes_to_whom_no_sender_can_write() {
        assertThat(Texts.mistakes("""
            providers:
              a:
                kind: twilio
                account_sid: AC00000000000000000000000000000001
                auth_token: t
                senders:
                  - {header: HELIOG, channels: [sms], prefixes: ["+91", "+9290"]}
              b: {kind: fast2sms, api_key: k, senders: [{header: HELIOG, prefixes: +9190}]}
            routes:
              - {channel: whatsapp, providers: a}
              - {channel: sms, prefix: +44, providers: {a: 1}, policy: weighted}
              - {channel: sms, prefix: +9190, providers: a}
              - {channel: sms, prefix: +92, providers: a}
              - {channel: sms, prefix: +1, providers: b}
            """))
                .containsExactly(
                        "10: routes[0].providers leads whatsapp to a, which has no sender for it",
                        "11: routes[1].providers.a leads sms for +44 to a, which has no sender for it");
    }

    @Test
    void of_values_that_only_look_right() {
        assertThat(Texts.mistakes("""
            providers:
              a: {kind: textlocal, api_key: "${KEY", from: HELIOG}
              b: {kind: textlocal, api_key: "${MY-KEY}", from: HELIOG}
              c: {kind: textlocal, api_key: "k\\n", from: HELIOG}
              d: {kind: textlocal, base_url: "http://${HOST}/", api_key: k, from: HELIOG}
              e: {kind: textlocal, base_url: "http://user:word@host/", api_key: k, from: HELIOG}
              f: {kind: textlocal, api_key: k, senders: []}
              g: {kind: smtp, host: h, from: Helio}
              h: {kind: log, prices: {currency: EUR, default: 1e999999999}, limits: {per_second: 1e-99, timeout: 31d}}
            """))
                .containsExactly(
                        "2: providers.a.api_key has a ${ that is neither ${NAME} nor ${NAME:-default}",
                        "3: providers.b.api_key has a ${ that is neither ${NAME} nor ${NAME:-default}",
                        "4: providers.c.api_key holds a line break or another control character",
                        "5: providers.d.base_url names the variable HOST, which is not set (${HOST:-} if it need not be)",
                        "6: providers.e.base_url wants an http or https URL, without a user",
                        "7: providers.f.senders is empty: give it a value, or take it out",
                        "8: providers.g.from wants an email address",
                        "9: providers.h.limits.per_second wants a number from 0.001 to 1000000",
                        "9: providers.h.limits.timeout wants a duration such as 250ms, 5s or 10m, at most 30d",
                        "9: providers.h.prices.default wants a price: a number such as 0.0079, not below 0");
    }

    @Test
    void are_not_made_by_what_yaml_can_share() {
        assertThat(Texts.mistakes("""
            providers:
              a: {kind: log, limits: &same {per_second: 5}}
              b: {kind: log, limits: *same}
            """)).isEmpty();
        assertThat(Texts.mistakes("providers: &all {a: *all}")).isNotEmpty();
    }

    @Test
    void of_keys_that_are_given_twice_name_the_first_line() {
        assertThat(Texts.mistakes("""
            providers:
              dry: {kind: log}
              dry: {kind: log}
            """)).containsExactly("3: providers.dry is given twice, first in line 2");
    }

    @Test
    void of_an_empty_file() {
        assertThat(Texts.mistakes("")).containsExactly("1: providers names no provider");
        assertThat(Texts.mistakes("[]")).containsExactly("1: the file wants a mapping");
    }

    @Test
    void of_yaml_have_a_line() {
        assertThat(Texts.mistakes("a:\n  dry: {kind: log\nb: x\n"))
                .containsExactly("3: the file is not YAML: a bracket is not closed");
        assertThat(Texts.mistakes("a:\n  b:\n    c: 1\n   d: 2\n"))
                .containsExactly("4: the file is not YAML: the indentation does not fit");
        assertThat(Texts.mistakes("a: 1\nb: 'x\nc: 1\n"))
                .containsExactly("2: the file is not YAML: a quote is not closed");
        assertThat(Texts.mistakes("a: 1\nb\nc: 2\n")).containsExactly("2: the file is not YAML: a colon is missing");
        assertThat(Texts.mistakes("a:\n\tb: 1\n")).containsExactly("2: the file is not YAML: a tab cannot indent");
        assertThat(Texts.mistakes("a: @x\n"))
                .containsExactly("1: the file is not YAML: a value has to stand in quotes");
        assertThat(Texts.mistakes("a: b: c"))
                .containsExactly("1: the file is not YAML: there is a colon too many, or the indentation does not fit");
        assertThat(Texts.mistakes("a: 1\n---\nb: 1\n"))
                .containsExactly("2: the file is not YAML: --- begins a second document");
    }

    @Test
    void of_what_no_parser_takes_have_a_line_too() {
        String long1 = "# A comment that is longer than what a parser reads at once.\n".repeat(100);

        assertThat(Texts.mistakes(long1 + "a: 1\nb: \u0007\nc: 1\n"))
                .containsExactly("102: the file holds a control character");
        assertThat(Texts.mistakes(long1 + "a: 1\nb:\n  " + "[".repeat(60) + "]".repeat(60)))
                .containsExactly("103: the file is more than 50 brackets and indentations deep");
        assertThat(Texts.mistakes("- a\n".repeat(1 << 19)))
                .containsExactly("1: the file is longer than 1048576 characters");
        assertThat(Texts.mistakes("a: &a [1]\nb: [" + "*a, ".repeat(60) + "1]\n"))
                .containsExactly("1: the file refers to its own parts too often");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "providers: {a: [s3cret",
                "providers: {a: {kind: twilio, auth_token: *s3cret}}",
                "providers: {a: {kind: twilio, auth_token: !s3cret!x y}}",
                "providers: {a: {kind: twilio, auth_token: %s3cret}}",
                "providers: {a: {kind: twilio, auth_token: \"\\s3cret\"}}",
                "providers: {a: {kind: twilio, auth_token:s3cret}}",
                "providers: {a: {kind: twilio, account_sid: AC1, auth_token: [s3cret], from: [s3cret], timeout: s3cret}}",
                "providers: {a: {kind: s3cret}}",
                "providers: {a: {kind: log, channels: s3cret, prices: {s3cret: s3cret}}}",
                "providers: {a: {kind: log}}\nroutes: {sms: s3cret}",
                "s3cret"
            })
    void quote_no_secret(String text) {
        List<String> mistakes = Texts.mistakes(text);

        assertThat(mistakes).isNotEmpty();
        assertThat(mistakes.toString()).doesNotContain("s3cret");
    }

    @Test
    void come_of_tags_rather_than_objects() {
        assertThat(Texts.mistakes("providers: !!java.net.URL [\"http://localhost\"]"))
                .containsExactly("1: the file is not YAML");
    }
}
