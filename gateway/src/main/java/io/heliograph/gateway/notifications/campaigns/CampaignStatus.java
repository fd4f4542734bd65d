package io.heliograph.gateway.notifications.campaigns;

import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Where a campaign stands, and what may be done with it there. */
public enum CampaignStatus {
    DRAFT,
    /** Launched, and to begin at its time. */
    SCHEDULED,
    RUNNING,
    PAUSED,
    /** Nothing is left to be sent; receipts may still come. */
    COMPLETED,
    CANCELED;

    /** What somebody may ask for. */
    public enum Action {
        CHANGE,
        DELETE,
        TEST_SEND,
        LAUNCH,
        PAUSE,
        RESUME,
        CANCEL,
        MISSED;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public static final List<String> WORDS =
            Arrays.stream(values()).map(CampaignStatus::word).toList();

    private List<Action> actions() {
        return switch (this) {
            case DRAFT -> List.of(Action.CHANGE, Action.DELETE, Action.TEST_SEND, Action.LAUNCH);
            case SCHEDULED, RUNNING -> List.of(Action.TEST_SEND, Action.PAUSE, Action.CANCEL);
            case PAUSED -> List.of(Action.TEST_SEND, Action.RESUME, Action.CANCEL);
            case COMPLETED, CANCELED -> List.of(Action.MISSED);
        };
    }

    public boolean allows(Action action) {
        return actions().contains(action);
    }

    /** Names what may be done instead. */
    public void require(Action action) {
        if (!allows(action)) {
            throw new Problem(
                            ProblemCode.CAMPAIGN_STATE,
                            "A campaign that is " + word() + " does not allow this; allowed says what it does.",
                            List.of(),
                            new JsonObject().put("campaign_status", word()).put("allowed", allowed()))
                    .exception();
        }
    }

    private JsonArray allowed() {
        return new JsonArray(actions().stream().map(Action::word).toList());
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static CampaignStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
