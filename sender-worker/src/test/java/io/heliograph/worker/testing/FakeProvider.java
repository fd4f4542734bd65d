package io.heliograph.worker.testing;

import io.heliograph.worker.provider.Health;
import io.heliograph.worker.provider.LookUp;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Provider;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** Does as the test says, and remembers what it was asked to send. */
public final class FakeProvider implements Provider {
    private final Queue<Outgoing> sent = new ConcurrentLinkedQueue<>();
    private volatile Function<Outgoing, Outcome> sends = outgoing -> new Outcome.Accepted("id-" + outgoing.id());
    private volatile Function<Outgoing, Object> keys = _ -> "";
    private volatile Function<Outgoing, LookUp> finds = _ -> new LookUp.Seen(List.of());
    private volatile boolean canFind = true;

    public void together(Function<Outgoing, Object> key) {
        keys = key;
    }

    public void answer(Function<Outgoing, Outcome> answer) {
        sends = answer;
    }

    public void show(Function<Outgoing, LookUp> show) {
        finds = show;
    }

    public void keepNothing() {
        canFind = false;
    }

    public List<Outgoing> sent() {
        return List.copyOf(sent);
    }

    @Override
    public String name() {
        return "twilio";
    }

    @Override
    public int callSizeMax() {
        return 2;
    }

    @Override
    public Object callKey(Outgoing outgoing) {
        return keys.apply(outgoing);
    }

    @Override
    public List<Outcome> send(List<Outgoing> call) {
        sent.addAll(call);
        return call.stream().map(sends).toList();
    }

    @Override
    public boolean canFind() {
        return canFind;
    }

    @Override
    public LookUp find(Outgoing lost) {
        return finds.apply(lost);
    }

    @Override
    public Health check() {
        return new Health.Up();
    }
}
