package io.heliograph.simulator.plivo;

import io.heliograph.simulator.callbacks.CallbackUrl;
import io.heliograph.simulator.callbacks.Letter;
import io.heliograph.simulator.callbacks.Receipts;
import io.heliograph.simulator.http.Parameters;
import io.heliograph.simulator.ledger.Ledger;
import io.heliograph.simulator.ledger.Message;
import io.heliograph.simulator.ledger.Status;
import io.heliograph.simulator.script.CallbackPlan;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Plivo's status callbacks, to the URL that came with the call: queued, sent, and how it ended. */
final class PlivoReceipts implements Receipts {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);
    private static final String GET = "GET";

    private final PlivoDialect dialect;
    private final Ledger ledger;
    private final CallbackUrl url;
    private final String method;

    PlivoReceipts(PlivoDialect dialect, Ledger ledger, String url, String method) {
        this.dialect = dialect;
        this.ledger = ledger;
        this.url = CallbackUrl.parse(url);
        this.method = method;
    }

    /** It has no word for what Twilio calls sending. */
    @Override
    public boolean tells(Status status, Status last) {
        return status != Status.SENDING;
    }

    @Override
    public Letter letter(Message message, Status status, CallbackPlan plan) {
        Parameters parameters = parameters(message, status).putAll(plan.extraParameters());
        return method.equals(GET) ? Letter.query(dialect, url, parameters) : Letter.form(dialect, url, parameters);
    }

    private Parameters parameters(Message message, Status status) {
        String uuid = ledger.ids().uuid(message);
        Message.Content content = message.content();
        Message.State state = message.state();
        Parameters parameters = new Parameters()
                .put("MessageUUID", uuid)
                .put("ParentMessageUUID", uuid)
                .put("PartInfo", "1 of 1")
                .put("From", content.from() == null ? "" : PlivoMessageJson.digits(content.from()))
                .put("To", PlivoMessageJson.digits(content.to()))
                .put("Type", "sms")
                .put("Status", status.word())
                .put("Sequence", Integer.toString(sequence(status)))
                .put("Units", Integer.toString(state.segments()))
                .put("TotalRate", PlivoMessageJson.RATE)
                .put("TotalAmount", PlivoMessageJson.amount(state.segments()))
                .put("MCC", "000")
                .put("MNC", "000")
                .put("PowerpackUUID", "")
                .put("MessageTime", TIME.format(Instant.ofEpochMilli(message.createdAt())))
                .put("QueuedTime", TIME.format(Instant.ofEpochMilli(message.createdAt())));
        if (state.sentAt() > 0 && status != Status.QUEUED) {
            parameters.put("SentTime", TIME.format(Instant.ofEpochMilli(state.sentAt())));
        }
        if (status == Status.DELIVERED || status == Status.UNDELIVERED) {
            parameters.put("DeliveryReportTime", TIME.format(Instant.ofEpochMilli(state.updatedAt())));
        }
        if (state.errorCode() != null && status.isFinal()) {
            parameters.put("ErrorCode", PlivoMessageJson.code(state.errorCode()));
        }
        return parameters;
    }

    private static int sequence(Status status) {
        return switch (status) {
            case QUEUED -> 1;
            case SENT, FAILED, REJECTED -> 2;
            case DELIVERED, UNDELIVERED -> 3;
            case ACCEPTED, SCHEDULED, SENDING, READ, CANCELED, RECEIVED -> 4;
        };
    }
}
