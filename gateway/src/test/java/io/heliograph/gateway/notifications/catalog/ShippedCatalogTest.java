package io.heliograph.gateway.notifications.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Segments;
import io.heliograph.gateway.notifications.catalog.Content.Variant;
import io.heliograph.gateway.notifications.text.Placeholders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every account has from the beginning is complete and fits together. */
class ShippedCatalogTest {
    private static final ShippedCatalog SHIPPED = ShippedCatalog.read();
    private static final List<String> LOCALES = List.of("en", "hi");

    @Test
    void has_what_shops_and_clinics_tell() {
        assertThat(SHIPPED.types(0))
                .extracting(NotificationType::name)
                .contains(
                        "order_created order_confirmed order_picked_up order_processing order_ready order_out_for_delivery"
                                .split(" "))
                .contains("order_delivered order_cancelled order_rescheduled payment_initiated payment_completed"
                        .split(" "))
                .contains("payment_failed refund_requested refund_completed welcome account_verified".split(" "))
                .contains(
                        "partner_approved partner_rejected new_order_assigned promo_offer feedback_request".split(" "))
                .contains("appointment_reminder_24h appointment_reminder_2h follow_up subscription_renewal".split(" "))
                .contains("payment_notice", "patient_message");
    }

    @Test
    void says_each_type_on_each_of_its_channels_in_both_languages_and_nothing_else() {
        Set<TemplateKey> wanted = new TreeSet<>();
        for (NotificationType type : SHIPPED.types(0)) {
            type.channels()
                    .forEach(channel ->
                            LOCALES.forEach(locale -> wanted.add(new TemplateKey(type.name(), channel, locale))));
        }

        assertThat(SHIPPED.contents().keySet()).containsExactlyElementsOf(wanted);
    }

    @Test
    void names_declared_variables_only() {
        assertThat(SHIPPED.contents())
                .allSatisfy((key, content) -> assertThat(Fitting.mistakes(type(key), key.channel(), content, ""))
                        .as(key.toString())
                        .isEmpty());
    }

    @Test
    void uses_every_variable_that_an_event_must_bring() {
        for (NotificationType type : SHIPPED.types(0)) {
            List<String> required = type.variables().entrySet().stream()
                    .filter(variable -> !variable.getValue().optional())
                    .map(Map.Entry::getKey)
                    .toList();
            for (String locale : LOCALES) {
                assertThat(used(type, locale)).as(type.name() + " " + locale).containsAll(required);
            }
        }
    }

    @Test
    void needs_one_segment_for_an_english_sms() {
        assertThat(SHIPPED.contents())
                .allSatisfy((key, content) -> assertThat(
                                key.channel() == NotificationChannel.SMS
                                                && key.locale().equals("en")
                                        ? Segments.of(rendered(key))
                                        : new Segments("gsm7", 1))
                        .as(key.toString())
                        .isEqualTo(new Segments("gsm7", 1)));
    }

    /** With values of a usual length for all that may be there. */
    private static String rendered(TemplateKey key) {
        Map<String, Object> data = new HashMap<>();
        type(key)
                .variables()
                .forEach((name, variable) -> data.put(
                        name, variable.type() == VariableType.URL ? "https://ex.com/a1b2c3d4" : "Tue 10:00 to 12"));
        return Objects.requireNonNull(SHIPPED.exactly(key)).render(data).text();
    }

    private static Set<String> used(NotificationType type, String locale) {
        Set<String> used = new TreeSet<>();
        SHIPPED.contents().forEach((key, content) -> {
            if (key.type().equals(type.name()) && key.locale().equals(locale)) {
                content.variants()
                        .forEach(variant -> texts(variant)
                                .forEach(text -> Placeholders.of(text).uses().forEach(use -> used.add(use.name()))));
            }
        });
        return used;
    }

    private static Stream<String> texts(Variant variant) {
        return Stream.of(variant.text(), Objects.requireNonNullElse(variant.title(), ""));
    }

    private static NotificationType type(TemplateKey key) {
        return Objects.requireNonNull(SHIPPED.type(0, key.type()), key.type());
    }
}
