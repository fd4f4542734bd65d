package io.heliograph.gateway.notifications.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.gateway.http.Problem;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.testing.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That what is published is told with, TemplatesTest proves through HTTP. */
class AccountCatalogsTest {
    private static final int TEXT_LENGTH = 1_000;

    private final Vertx vertx = Vertx.vertx();
    private final DatabaseUrl url = TestDatabase.fresh();
    private final Pool pool = Database.pool(vertx, url, "test", 2);
    private final AtomicLong nanos = new AtomicLong();
    /** There is room for one account. */
    private final AccountCatalogs catalogs = new AccountCatalogs(
            pool, ShippedCatalog.read(), account -> account == 3 ? "hi" : "en", 2 * TEXT_LENGTH, nanos::get);

    @BeforeEach
    void twoAccountsWithTemplates() throws Exception {
        publish(1, "one");
        publish(2, "two");
        catalogs.refresh().await(5, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(5, TimeUnit.SECONDS);
    }

    @Test
    void make_room_for_an_account_when_another_was_not_used_for_a_minute() throws Exception {
        catalogs.ready(1).await(5, TimeUnit.SECONDS);

        assertThatThrownBy(() -> catalogs.ready(2).await(5, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        Problem.ProblemException.class,
                        problem -> assertThat(problem.problem().code().status()).isEqualTo(503));
        assertThat(text(1)).startsWith("one");

        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        catalogs.ready(2).await(5, TimeUnit.SECONDS);
        assertThat(text(2)).startsWith("two");
    }

    @Test
    void do_not_answer_for_an_account_that_is_not_in_memory() throws Exception {
        assertThatThrownBy(() -> text(1)).hasMessageContaining("ready");

        catalogs.ready(1).await(5, TimeUnit.SECONDS);
        assertThat(text(1)).startsWith("one");
        assertThat(text(7)).startsWith("Thank you");
    }

    @Test
    void are_read_once_for_all_who_wait() throws Exception {
        Future<Void> first = catalogs.ready(1);
        Future<Void> second = catalogs.ready(1);

        Future.all(first, second).await(5, TimeUnit.SECONDS);

        assertThat(text(1)).startsWith("one");
    }

    @Test
    void hold_what_an_account_publishes_first_before_they_say_that_it_has_something() throws Exception {
        publish(8, "eight");

        assertThat(text(8)).startsWith("Thank you");
        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        catalogs.refresh().await(5, TimeUnit.SECONDS);
        assertThat(text(8)).startsWith("eight");
    }

    @Test
    void speak_the_language_of_the_account_to_a_user_who_has_none() {
        assertThat(Objects.requireNonNull(template(3, null)).locale()).isEqualTo("hi");
        assertThat(Objects.requireNonNull(template(3, "fr-FR")).locale()).isEqualTo("hi");
        assertThat(Objects.requireNonNull(template(3, "en-GB")).locale()).isEqualTo("en");
    }

    private @Nullable Template template(long account, @Nullable String locale) {
        return catalogs.template(account, "order_created", NotificationChannel.SMS, locale);
    }

    private String text(long account) {
        Template template = Objects.requireNonNull(template(account, "en"));
        return template.render(Map.of("order_id", "A17", "amount", "1")).text();
    }

    private void publish(long account, String word) throws Exception {
        pool.preparedQuery("INSERT INTO catalog_version (account_id, version) VALUES ($1, 1)")
                .execute(Tuple.of(account))
                .compose(done -> pool.preparedQuery(
                                "INSERT INTO template_version (account_id, type, channel, locale, version, state, content, created_at, published_at)"
                                        + " VALUES ($1, 'order_created', 'sms', 'en', 1, 'published',"
                                        + " jsonb_build_object('text', rpad($2, $3, '.')), now(), now())")
                        .execute(Tuple.of(account, word, TEXT_LENGTH)))
                .await(5, TimeUnit.SECONDS);
    }
}
