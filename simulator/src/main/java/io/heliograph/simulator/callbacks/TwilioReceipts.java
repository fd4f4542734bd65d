package io.heliograph.simulator.callbacks;

import io.heliograph.simulator.http.Account;
import io.heliograph.simulator.http.Parameters;
import io.heliograph.simulator.ledger.Ledger;
import io.heliograph.simulator.ledger.Message;
import io.heliograph.simulator.ledger.Status;
import io.heliograph.simulator.script.CallbackPlan;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Twilio's status callbacks. Every copy of one carries the same token, as Twilio's repeats do. */
public final class TwilioReceipts implements Receipts {
    private static final DateTimeFormatter DLR_DATE =
            DateTimeFormatter.ofPattern("yyMMddHHmm").withZone(ZoneOffset.UTC);

    private final Account account;
    private final RandomGenerator random;
    private final Ledger ledger;
    private final CallbackUrl url;

    /** The ledger is the one that the messages are in. */
    public TwilioReceipts(Account account, RandomGenerator random, Ledger ledger, String url) {
        this.account = account;
        this.random = random;
        this.ledger = ledger;
        this.url = CallbackUrl.parse(url);
    }

    @Override
    public boolean tells(Status status, Status last) {
        return true;
    }

    @Override
    public Letter letter(Message message, Status status, CallbackPlan plan) {
        Parameters parameters = parameters(message, status).putAll(plan.extraParameters());
        String token = new UUID(random.nextLong(), random.nextLong()).toString();
        return Letter.form(new TwilioDialect(account.signature()), url, parameters)
                .with(TwilioDialect.TOKEN, token);
    }

    private Parameters parameters(Message message, Status status) {
        String sid = ledger.ids().sid(message);
        Message.Content content = message.content();
        Parameters parameters = new Parameters()
                .put("AccountSid", account.sid())
                .put("ApiVersion", "2010-04-01")
                .put("MessageSid", sid)
                .put("MessageStatus", status.word())
                .put("SmsSid", sid)
                .put("SmsStatus", status.word())
                .put("To", content.to());
        if (content.from() != null) {
            parameters.put("From", content.from());
        }
        if (content.messagingServiceSid() != null) {
            parameters.put("MessagingServiceSid", content.messagingServiceSid());
        }
        Message.State state = message.state();
        if (state.errorCode() != null && (status == Status.FAILED || status == Status.UNDELIVERED)) {
            parameters.put("ErrorCode", state.errorCode().toString());
        }
        if (status == Status.DELIVERED || status == Status.UNDELIVERED) {
            parameters.put("RawDlrDoneDate", DLR_DATE.format(Instant.ofEpochMilli(state.updatedAt())));
        }
        return parameters;
    }
}
