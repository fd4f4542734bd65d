package io.heliograph.gateway.notifications.campaigns.audience;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.Problem.ProblemException;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.messages.fields.Recipients;
import io.heliograph.gateway.notifications.campaigns.Campaign;
import io.heliograph.gateway.notifications.catalog.NotificationType;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads a file on a thread of its own, and stores it in batches; one is on its way to the database while the next is read. */
final class ReadUpload {
    static final int ROWS_MAX = 1_000_000;
    private static final int BATCH_ROWS = 2_000;
    /** Of which it is told what is wrong; the others are counted. */
    private static final int BROKEN_KEPT_MAX = 10_000;

    private static final int VALUE_LENGTH_MAX = 64 * 1024;
    private static final long STORE_SECONDS_MAX = 30;

    private final AudienceStore store;
    private final UUID audienceId;
    private final Campaign campaign;
    private final NotificationType type;
    private final RowFields fields;
    private List<AudienceRow.Person> persons = new ArrayList<>(BATCH_ROWS);
    private List<AudienceRow.Broken> broken = new ArrayList<>();
    private Future<Void> before = Future.succeededFuture();
    private int rows;
    private int brokenKept;
    private int untold;

    ReadUpload(AudienceStore store, UUID audienceId, Campaign campaign, NotificationType type, Recipients recipients) {
        this.store = store;
        this.audienceId = audienceId;
        this.campaign = campaign;
        this.type = type;
        this.fields = new RowFields(campaign.wish(), type, recipients);
    }

    /** All of it, or a problem. */
    void read(InputStream body) throws IOException, TimeoutException {
        InputStreamReader text = new InputStreamReader(body, StandardCharsets.UTF_8.newDecoder());
        try (CsvReader<CsvRecord> csv = CsvReader.builder()
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .maxBufferSize(VALUE_LENGTH_MAX)
                .ofCsvRecord(text)) {
            read(csv.iterator());
        } catch (CharacterCodingException e) {
            throw unreadable("The file is not UTF-8").exception(e);
        } catch (CsvParseException | UncheckedIOException e) {
            throw problem(e);
        }
        store();
        awaitStored();
    }

    private void read(Iterator<CsvRecord> records) throws TimeoutException {
        if (!records.hasNext()) {
            throw unreadable("The file is empty").exception();
        }
        AudienceHead head = AudienceHead.read(
                withoutMark(records.next().getFields()), type, campaign.wish().channel());
        while (records.hasNext()) {
            CsvRecord row = records.next();
            add(fields.read(++rows, row.getStartingLineNumber(), head, row.getFields()));
            if (rows > ROWS_MAX) {
                throw Problem.of(ProblemCode.TOO_MANY, "An audience has at most " + ROWS_MAX + " rows.")
                        .exception();
            }
        }
    }

    /** Some programs write a mark of the byte order before the first line. */
    private static List<String> withoutMark(List<String> names) {
        List<String> without = new ArrayList<>(names);
        without.set(0, without.getFirst().replace("\uFEFF", ""));
        return without;
    }

    private void add(AudienceRow row) throws TimeoutException {
        switch (row) {
            case AudienceRow.Person person -> persons.add(person);
            case AudienceRow.Broken one -> {
                if (brokenKept < BROKEN_KEPT_MAX) {
                    brokenKept++;
                    broken.add(one);
                } else {
                    untold++;
                }
            }
        }
        if (persons.size() + broken.size() + untold >= BATCH_ROWS) {
            store();
        }
    }

    private void store() throws TimeoutException {
        awaitStored();
        before = store.add(audienceId, campaign, new AudienceStore.Batch(persons, broken, untold));
        persons = new ArrayList<>(BATCH_ROWS);
        broken = new ArrayList<>();
        untold = 0;
    }

    private void awaitStored() throws TimeoutException {
        Void _ = before.await(STORE_SECONDS_MAX, TimeUnit.SECONDS);
    }

    /** What stands behind what the reader of CSV throws. Its own words may repeat what the file says. */
    private RuntimeException problem(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException problem) {
                return problem;
            }
            if (cause instanceof CharacterCodingException) {
                return unreadable("The file is not UTF-8").exception(failure);
            }
            if (cause instanceof IOException) {
                return unreadable("The body broke off").exception(failure);
            }
        }
        return unreadable("The file is no CSV: a quote is not closed, or a value is longer than " + VALUE_LENGTH_MAX
                        + " characters")
                .exception(failure);
    }

    private Problem unreadable(String what) {
        return Problem.of(ProblemCode.UNREADABLE, what + ", after " + rows + " rows; nothing of it is in force.");
    }
}
