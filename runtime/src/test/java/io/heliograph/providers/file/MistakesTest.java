package io.heliograph.providers.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Channel;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

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
}
