package io.heliograph.simulator.calls;

import io.heliograph.simulator.http.Replies;
import io.heliograph.simulator.ledger.Entry;
import io.heliograph.simulator.script.Answer;
import io.vertx.core.http.HttpServerRequest;

/** Answers a call as the script has it, and writes the answer into the ledger for each of its messages. */
final class AnswerCall {
    private AnswerCall() {}

    static void send(Taken taken, Voice voice, long now) {
        HttpServerRequest http = taken.asking().http();
        if (http.response().closed()) {
            // It took longer than the caller would wait; what was accepted stays accepted.
            wrote(taken, "caller_gone", 0, 0, now);
            return;
        }
        switch (taken.behaviour().answer()) {
            case Answer.Created _ -> created(taken, voice, now);
            case Answer.InvalidNumber _ -> refuse(taken, voice, voice.noneIsFine(taken), "error", now);
            case Answer.Refused refused -> refuse(taken, voice, voice.refusals().refused(refused), "error", now);
            case Answer.TooManyRequests limited -> {
                StrayReplies.retryAfter(http, limited, now);
                refuse(taken, voice, voice.refusals().tooManyRequests(), "too_many_requests", now);
            }
            case Answer.ServerError failed -> {
                StrayReplies.retryAfter(http, failed.retryAfterSeconds());
                refuse(taken, voice, voice.refusals().serverError(failed.status()), "server_error", now);
            }
            case Answer.WithoutSid hollow -> {
                int status = hollow.status() == 0 ? voice.refusals().success() : hollow.status();
                wrote(taken, "without_sid", status, 0, now);
                Replies.json(http, status, voice.withoutId(hollow.blank()));
            }
            case Answer.Stray stray -> {
                wrote(taken, stray.word(), stray.statusOr(voice.refusals().success()), 0, now);
                StrayReplies.send(
                        http,
                        stray,
                        voice.refusals().success(),
                        voice.refusals().garbage());
            }
        }
    }

    private static void created(Taken taken, Voice voice, long now) {
        Problem problem = taken.asking().problem();
        if (problem == null && taken.fine().isEmpty()) {
            problem = voice.noneIsFine(taken);
        }
        if (problem != null) {
            refuse(taken, voice, problem, "error", now);
            return;
        }
        for (int i = 0; i < taken.entries().size(); i++) {
            boolean fine = taken.isFine(i);
            int code = fine ? 0 : code(taken, voice, i);
            taken.ledger()
                    .answered(
                            taken.entries().get(i),
                            fine ? "created" : "error",
                            voice.refusals().success(),
                            code,
                            now);
        }
        voice.created(taken);
    }

    private static int code(Taken taken, Voice voice, int index) {
        return taken.behaviour().messages().get(index).refusal() instanceof Answer.Refused refused
                ? refused.code()
                : voice.invalidNumberCode();
    }

    private static void refuse(Taken taken, Voice voice, Problem problem, String how, long now) {
        wrote(taken, how, problem.status(), problem.code(), now);
        voice.refusals().refuse(taken.asking().http(), problem);
    }

    private static void wrote(Taken taken, String how, int status, int code, long now) {
        for (Entry entry : taken.entries()) {
            taken.ledger().answered(entry, how, status, code, now);
        }
    }
}
