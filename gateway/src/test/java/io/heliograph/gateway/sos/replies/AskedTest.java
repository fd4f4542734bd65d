package io.heliograph.gateway.sos.replies;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.gateway.sos.replies.Asked.Meant;
import io.heliograph.gateway.sos.requests.RequestStatus;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** For which request a donor's word is. */
class AskedTest {
    private static final OffsetDateTime NOW = OffsetDateTime.parse("2040-01-10T12:00:00Z");

    private final Asked open = asked(RequestStatus.OPEN, "CCCCC", 1);
    private final Asked other = asked(RequestStatus.OPEN, "DDDDD", 1);
    private final Asked old = asked(RequestStatus.OPEN, "FFFFF", -1);
    private final Asked over = asked(RequestStatus.FULFILLED, "HHHHH", -1);

    @Test
    void a_token_names_it() {
        assertThat(Asked.meant(List.of(open, other), "DDDDD", NOW)).isEqualTo(new Meant.One(other));
    }

    @Test
    void without_a_token_it_is_the_only_one_that_is_open() {
        assertThat(Asked.meant(List.of(over, open), null, NOW)).isEqualTo(new Meant.One(open));
        assertThat(Asked.meant(List.of(open, old), null, NOW)).isEqualTo(new Meant.One(open));
        assertThat(Asked.meant(List.of(other, open), null, NOW)).isEqualTo(new Meant.Several(other));
    }

    @Test
    void a_wrong_token_and_an_old_one_name_nothing_however_few_there_are() {
        assertThat(Asked.meant(List.of(open), "DDDDD", NOW)).isEqualTo(new Meant.None());
        assertThat(Asked.meant(List.of(old), "FFFFF", NOW)).isEqualTo(new Meant.None());
        assertThat(Asked.meant(List.of(old), null, NOW)).isEqualTo(new Meant.None());
        assertThat(Asked.meant(List.of(), "CCCCC", NOW)).isEqualTo(new Meant.None());
        assertThat(Asked.meant(List.of(), null, NOW)).isEqualTo(new Meant.None());
    }

    @Test
    void whoever_is_late_is_known_with_a_token_and_without() {
        assertThat(Asked.meant(List.of(over), "HHHHH", NOW)).isEqualTo(new Meant.One(over));
        assertThat(Asked.meant(List.of(over), null, NOW)).isEqualTo(new Meant.One(over));
    }

    @Test
    void what_ended_with_its_token_is_over_but_for_whoever_shares_and_may_withdraw() {
        Asked ended = asked(RequestStatus.CLOSED, "JJJJJ", -1);
        Asked shares = new Asked(
                ended.response(), ended.request(), RequestStatus.CLOSED, "JJJJJ", ended.tokenExpiresAt(), true);

        assertThat(Asked.meant(List.of(ended), "JJJJJ", NOW)).isEqualTo(new Meant.None());
        assertThat(Asked.meant(List.of(ended), null, NOW)).isEqualTo(new Meant.None());
        assertThat(Asked.meant(List.of(shares), "JJJJJ", NOW)).isEqualTo(new Meant.One(shares));
        assertThat(Asked.meant(List.of(shares), null, NOW)).isEqualTo(new Meant.One(shares));
    }

    private static Asked asked(RequestStatus status, String token, int hours) {
        return new Asked(UUID.randomUUID(), UUID.randomUUID(), status, token, NOW.plusHours(hours), false);
    }
}
