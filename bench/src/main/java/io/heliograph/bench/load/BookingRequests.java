package io.heliograph.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** Appointments, each for a slot and a number of its own: the doctors take turns, and then comes the next of their five minutes. */
public final class BookingRequests implements Requests {
    public static final int DOCTORS = 500;
    private static final int SLOT_MINUTES = 5;
    /** From midnight to five to twelve at night. */
    private static final int SLOTS_A_DAY = 287;

    private static final int DAYS = 360;
    private static final int KEY_DIGITS = 12;
    private static final int NUMBER_DIGITS = 7;
    private static final int NUMBERS_FIRST = 2_000_000;
    private static final int NUMBERS = 8_000_000;
    private static final String DAY = "2000-00-00";
    private static final String KEY = "k".repeat(KEY_DIGITS);
    private static final String NUMBER = "n".repeat(NUMBER_DIGITS);
    private static final String DOCTOR = "ddd";
    private static final int CREATED = 201;

    private final byte[] template;
    private final int keyAt;
    private final int doctorAt;
    private final int timeAt;
    private final int numberAt;
    private final byte[][] days = new byte[DAYS][];
    private long requests;

    /** {@code run} sets the keys of this load apart from those of another on the same database. */
    public BookingRequests(String apiKey, String run, LocalDate first) {
        String body = "{\"doctor\":\"bench-" + DOCTOR + "\",\"starts_at\":\"" + DAY
                + "T00:00:00Z\",\"patient\":{\"name\":\"A Patient\",\"phone\":\"+1415" + NUMBER + "\"}}";
        String whole = "POST /v1/appointments HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + apiKey
                + "\r\nContent-Type: application/json\r\nIdempotency-Key: " + run + "-" + KEY + "\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
        this.template = whole.getBytes(StandardCharsets.US_ASCII);
        this.keyAt = whole.indexOf(KEY);
        this.doctorAt = whole.indexOf("bench-" + DOCTOR) + "bench-".length();
        this.timeAt = whole.indexOf(DAY);
        this.numberAt = whole.indexOf(NUMBER);
        for (int i = 0; i < DAYS; i++) {
            days[i] = first.plusDays(i).toString().getBytes(StandardCharsets.US_ASCII);
        }
    }

    @Override
    public void next(ByteBuffer out) {
        long slot = requests / DOCTORS;
        int minute = (int) (slot % SLOTS_A_DAY) * SLOT_MINUTES;
        byte[] day = days[(int) (slot / SLOTS_A_DAY % DAYS)];
        System.arraycopy(day, 0, template, timeAt, day.length);
        writeDigits(minute / 60, timeAt + day.length + 1, 2);
        writeDigits(minute % 60, timeAt + day.length + 4, 2);
        writeDigits(requests % DOCTORS, doctorAt, DOCTOR.length());
        writeDigits(NUMBERS_FIRST + requests % NUMBERS, numberAt, NUMBER_DIGITS);
        writeDigits(requests++, keyAt, KEY_DIGITS);
        ByteBuffer _ = out.put(template);
    }

    @Override
    public int messagesPerRequest() {
        return 1;
    }

    @Override
    public int acceptedStatus() {
        return CREATED;
    }

    private void writeDigits(long number, int at, int digits) {
        long rest = number;
        for (int i = at + digits - 1; i >= at; i--) {
            template[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
