package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a person sees who opens the link, in a real browser that runs no JavaScript. */
class PreferencePageInBrowserTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    @Test
    void a_person_switches_sms_on_and_email_off_and_finds_it_so_again() throws Exception {
        String url = link(new JsonObject().put("phone", "+919876543210").put("locale", "hi"));

        try (Browser browser = new Browser()) {
            browser.open(url);
            assertThat(browser.title()).isEqualTo("हम आपको क्या भेज सकते हैं");
            assertThat(browser.text("main p")).contains("+91****3210");
            assertThat(browser.text("fieldset:has([name='orders.sms']) legend")).isEqualTo("ऑर्डर");
            assertThat(browser.accessibleName("[name='orders.sms']")).isEqualTo("एसएमएस (SMS)");
            assertThat(browser.isSelected("[name='orders.sms']")).isFalse();
            assertThat(browser.isSelected("[name='orders.email']")).isTrue();
            // The policy lets the page's own style in.
            assertThat(browser.style("button", "background-color")).startsWith("rgba(11, 87, 208");

            browser.click("label[for='orders.sms']");
            browser.click("[name='orders.email']");
            browser.click("button");

            assertThat(browser.text("[role=status]")).isEqualTo("आपकी सेटिंग्स सहेज ली गई हैं।");
            assertThat(browser.isSelected("[name='orders.sms']")).isTrue();
            assertThat(browser.isSelected("[name='orders.email']")).isFalse();
            browser.open(url);
            assertThat(browser.isSelected("[name='orders.sms']")).isTrue();
        }
        assertThat(TestUsers.ordered(GATEWAY, "sms")).isEqualTo("accepted");
        assertThat(TestUsers.ordered(GATEWAY, "email")).isEqualTo("disabled_by_user");
    }

    /** Where this test's gateway is, whatever its public URL. */
    private static String link(JsonObject user) {
        TestUsers.put(GATEWAY, "ann", user);
        String url = json(GATEWAY.post("/v1/users/ann/preference-link", new JsonObject()))
                .getString("url");
        return url.replace(RunningGateway.PUBLIC_URL, "http://localhost:" + GATEWAY.port());
    }
}
