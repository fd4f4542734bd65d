package io.heliograph.bench.scenario;

import io.heliograph.bench.report.Asked;
import io.heliograph.bench.report.Figure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A million promises wait, as after an outage; then the relay and the worker start. */
public final class Drain implements Scenario {
    private static final String NAME = "drain";
    private static final int PROMISES = 1_000_000;
    private static final double TIMES_Y = 2.5;
    private static final double LAST_TENTH_SHARE = 0.8;
    private static final Duration DRAIN_MAX = Duration.ofMinutes(15);

    /** As the API would have, at 2,000 a second until now; the ids rise with the time. */
    private static final String FILL = """
        WITH item AS (
          SELECT i, now() - (1000000 - i) * interval '0.5 milliseconds' AS at
          FROM generate_series(1, 1000000) AS i
        ), message_row AS (
          INSERT INTO message (id, account_id, status, channel, lane, recipient, body, segments, encoding, created_at,
                               expires_at, on_unknown)
          SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(i % 4096), 3, '0')
                   || '8' || substr(md5(i::text), 1, 15))::uuid,
                 1, 'queued', 'sms', 'normal', '+1415' || 2000000 + i, 'The service is back. Thank you for waiting.', 1,
                 'gsm7', at, now() + interval '4 days', 'fail'
          FROM item
          RETURNING id, created_at
        )
        INSERT INTO outbox (message_id, topic, lane, account_id, due_at, created_at)
        SELECT id, 'dry-run', 'normal', 1, created_at, created_at FROM message_row""";

    /** Seconds from the first record to a tenth, to nine tenths and to the last. */
    private static final String PROGRESS = """
        SELECT extract(epoch FROM percentile_disc(0.1) WITHIN GROUP (ORDER BY sent_at) - min(sent_at)),
               extract(epoch FROM percentile_disc(0.9) WITHIN GROUP (ORDER BY sent_at) - min(sent_at)),
               extract(epoch FROM max(sent_at) - min(sent_at)),
               count(*) FILTER (WHERE status = 'sent')
        FROM message""";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean usesBroker() {
        return true;
    }

    @Override
    public List<Figure> run(Setting setting) throws Exception {
        setting.rig().reset();
        setting.progress().accept(NAME + ": inserting a million promises");
        setting.rig().database().execute(FILL);
        setting.rig().database().execute("CHECKPOINT");
        try (Pipeline pipeline = Pipeline.toNowhere(setting.rig(), NAME)) {
            setting.progress().accept(NAME + ": draining");
            pipeline.startSending();
            Duration _ = pipeline.awaitEmptyOutbox(DRAIN_MAX);
            List<Figure> figures =
                    new ArrayList<>(figures(pipeline.database().rows(PROGRESS).getFirst()));
            figures.addAll(Heaps.figures(NAME, pipeline.sending()));
            return figures;
        }
    }

    private static List<Figure> figures(List<String> row) {
        if (Long.parseLong(row.get(3)) != PROMISES) {
            throw new IllegalStateException("Only " + row.get(3) + " messages were sent");
        }
        double toTenth = Double.parseDouble(row.get(0));
        double toNinth = Double.parseDouble(row.get(1));
        double toLast = Double.parseDouble(row.get(2));
        double first = PROMISES / 10.0 / toTenth;
        double last = PROMISES / 10.0 / (toLast - toNinth);
        return List.of(
                Figure.of(NAME, "a million promises", PROMISES / toLast, "msg/s", new Asked.TimesY(TIMES_Y))
                        .with("seconds", toLast),
                Figure.of(NAME, "last tenth to first tenth", last / first, "", new Asked.AtLeast(LAST_TENTH_SHARE))
                        .with("first_per_s", first)
                        .with("last_per_s", last));
    }
}
