package io.heliograph.providers.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may stand behind from, by the kind of provider. */
class WhoMessagesComeFromTest {
    @Test
    void is_checked_by_kind_and_channel() {
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
    void may_be(String account) {
        assertThat(Texts.mistakes("providers: {a: {" + account + "}}")).isEmpty();
    }
}
