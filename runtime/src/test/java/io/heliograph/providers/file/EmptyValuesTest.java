package io.heliograph.providers.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Mistakes of keys that are there, and have nothing behind them. */
class EmptyValuesTest {
    /** Goal: no limit is off that somebody believes to be on. */
    @Test
    void are_mistakes() {
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
}
