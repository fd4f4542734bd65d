package io.heliograph.relay.care;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.sqlclient.Pool;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after one-time codes: takes out the secrets that nothing needs any more, forgets counts, and says when in some country hardly
 * anybody types the codes that are sent, as happens when somebody has them sent for the money.
 */
public final class VerificationKeeper {
    private static final Logger log = LoggerFactory.getLogger(VerificationKeeper.class);

    /** Some tens of milliseconds each. */
    private static final int SECRETS_MAX = 500;
    /** 16 MiB. */
    private static final int PAGES_MAX = 2_000;

    private final VerificationCareStore store;
    private final VerificationCare care;
    private final AtomicLong alarms = new AtomicLong();
    private long page;

    public VerificationKeeper(Pool pool, VerificationCare care, PrometheusMeterRegistry registry) {
        this.store = new VerificationCareStore(pool);
        this.care = care;
        Gauge.builder("heliograph_verification_conversion_low", alarms, AtomicLong::get)
                .description("Countries of accounts in which hardly any code was typed, as told within the last hour")
                .register(registry);
    }

    /** Answers of how many verifications it took the secrets out: there are more when it is as many as it takes. */
    public int forgetSecrets() throws TimeoutException {
        return store.forgetSecrets(SECRETS_MAX);
    }

    /** Forgets the next counts whose windows are over; answers how many. */
    public int pruneCounts() throws TimeoutException {
        if (page >= store.countPages()) {
            page = 0;
        }
        int counts = store.pruneCounts(page, page + PAGES_MAX);
        page += PAGES_MAX;
        return counts;
    }

    /** Answers how many alarms it has raised. */
    public int judge() throws TimeoutException {
        if (care.approvedPercentMin() == 0) {
            return 0;
        }
        var told = store.judge(care.judgedMin(), care.approvedPercentMin());
        alarms.set(store.alarms());
        told.forEach(low -> log.atWarn()
                .addKeyValue("account_id", low.accountId())
                .addKeyValue("country", "+" + low.country())
                .addKeyValue("approved", low.approved())
                .addKeyValue("judged", low.judged())
                .log("Hardly any code that is sent to this country is typed"));
        return told.size();
    }
}
