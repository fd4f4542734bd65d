package io.heliograph.gateway.notifications.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LocalesTest {
    @Test
    void fall_back_part_by_part_then_to_the_accounts_then_to_english() {
        assertThat(Locales.chain("zh-Hant-TW", "hi-IN"))
                .containsExactly("zh-Hant-TW", "zh-Hant", "zh", "hi-IN", "hi", "en");
        assertThat(Locales.chain(null, "en-IN")).containsExactly("en-IN", "en");
    }
}
