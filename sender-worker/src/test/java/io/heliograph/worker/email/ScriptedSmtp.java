package io.heliograph.worker.email;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A mail server that answers a step of the dialogue as the test says, and everything else with yes. */
public final class ScriptedSmtp {
    /** Where the connection opens. */
    public static final String GREETING = "GREETING";
    /** Where the whole email was given. */
    public static final String END = ".";
    /** Instead of an answer: the connection is reset. */
    public static final String RESET = "reset";
    /** Instead of an answer: nothing. */
    public static final String SILENCE = "silence";

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Map<String, Long> delaysMillis = new ConcurrentHashMap<>();
    private final List<String> steps = new CopyOnWriteArrayList<>();
    private final Vertx vertx;
    private final NetServer server;

    private ScriptedSmtp(Vertx vertx) {
        this.vertx = vertx;
        server = vertx.createNetServer().connectHandler(this::connected);
    }

    public static ScriptedSmtp start(Vertx vertx) throws Exception {
        ScriptedSmtp scripted = new ScriptedSmtp(vertx);
        NetServer _ = scripted.server.listen(0, "localhost").await(5, TimeUnit.SECONDS);
        return scripted;
    }

    public int port() {
        return server.actualPort();
    }

    /** What was asked, verb by verb. */
    public List<String> steps() {
        return List.copyOf(steps);
    }

    public void answer(String step, String with) {
        answers.put(step, with);
    }

    public void answerAfter(Duration time, String step, String with) {
        answer(step, with);
        delaysMillis.put(step, time.toMillis());
    }

    public void reset() {
        answers.clear();
        delaysMillis.clear();
        steps.clear();
    }

    private void connected(NetSocket socket) {
        boolean[] inData = {false};
        reply(socket, GREETING, "220 scripted");
        RecordParser lines = RecordParser.newDelimited("\r\n", line -> {
            String text = line.toString();
            if (inData[0]) {
                if (text.equals(END)) {
                    inData[0] = false;
                    reply(socket, END, "250 taken");
                }
                return;
            }
            String verb = text.split(" ", 2)[0].toUpperCase(Locale.ROOT);
            inData[0] = verb.equals("DATA") && !answers.containsKey("DATA");
            reply(socket, verb, usual(verb));
        });
        socket.handler(lines).exceptionHandler(broken -> {});
    }

    private void reply(NetSocket socket, String step, String usual) {
        steps.add(step);
        long delayMillis = delaysMillis.getOrDefault(step, 0L);
        if (delayMillis == 0) {
            answer(socket, step, usual);
        } else {
            long _ = vertx.setTimer(delayMillis, timer -> answer(socket, step, usual));
        }
    }

    private void answer(NetSocket socket, String step, String usual) {
        switch (answers.getOrDefault(step, usual)) {
            case RESET -> socket.close().onComplete(closed -> {});
            case SILENCE -> {}
            case String answer ->
                socket.write(Buffer.buffer(answer + "\r\n")).onComplete(written -> {
                    if (step.equals("QUIT")) {
                        socket.close().onComplete(closed -> {});
                    }
                });
        }
    }

    private static String usual(String verb) {
        return switch (verb) {
            case "EHLO" -> "250-scripted\r\n250 AUTH PLAIN";
            case "AUTH" -> "235 welcome";
            case "DATA" -> "354 go on";
            case "QUIT" -> "221 bye";
            default -> "250 yes";
        };
    }
}
