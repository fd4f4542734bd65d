package io.heliograph.torture.strike;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Carries a schedule out. Blows to different victims overlap; one to a victim that has not recovered from the last is left
 * out.
 */
public final class Tormentor {
    private static final long LATE_NANOS_MAX = 1_000_000_000;

    private final Consumer<String> progress;
    private final Queue<Survived> survived = new ConcurrentLinkedQueue<>();
    private final LongAdder leftOut = new LongAdder();
    private final Queue<String> died = new ConcurrentLinkedQueue<>();

    public Tormentor(Consumer<String> progress) {
        this.progress = progress;
    }

    /** Returns when every victim has recovered. Fails when one does not. */
    public void run(List<Strike> schedule, List<Victim> victims) throws IOException, InterruptedException {
        long start = System.nanoTime();
        List<Future<?>> timelines = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Victim victim : victims) {
                List<Strike> own = schedule.stream()
                        .filter(strike -> strike.victim().equals(victim.name()))
                        .toList();
                timelines.add(executor.submit(() -> {
                    for (Strike strike : own) {
                        take(victim, strike, start + strike.at().toNanos());
                    }
                    return null;
                }));
            }
        }
        for (Future<?> timeline : timelines) {
            await(timeline);
        }
        for (Victim victim : victims) {
            noteIfDead(victim, "at the end");
            Duration _ = Recovery.await(victim, true);
        }
    }

    public List<Survived> survived() {
        return List.copyOf(survived);
    }

    /** Blows that would have hit somebody who was down already. */
    public long leftOut() {
        return leftOut.sum();
    }

    /** Victims that had ended by themselves. */
    public List<String> died() {
        return List.copyOf(died);
    }

    private void take(Victim victim, Strike strike, long atNanos) throws IOException {
        if (System.nanoTime() - atNanos > LATE_NANOS_MAX) {
            leftOut.increment();
        } else {
            sleepUntil(atNanos);
            strike(victim, strike);
        }
    }

    private void strike(Victim victim, Strike strike) throws IOException {
        noteIfDead(victim, "before its blow at " + strike.at().toMillis() + " ms");
        progress.accept(strike.toString());
        long end = System.nanoTime() + strike.down().toNanos();
        switch (strike.action()) {
            case KILL -> victim.kill();
            case FREEZE -> victim.freeze();
            case WIPE -> victim.wipe();
        }
        sleepUntil(end);
        if (strike.action() == Action.FREEZE) {
            victim.thaw();
        } else {
            victim.start();
        }
        survived.add(new Survived(strike, Recovery.await(victim, strike.action() != Action.FREEZE)));
    }

    private void noteIfDead(Victim victim, String when) {
        if (victim.hasDied()) {
            died.add(victim.name() + " " + when);
        }
    }

    private static void sleepUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void await(Future<?> timeline) throws IOException, InterruptedException {
        try {
            Object _ = timeline.get();
        } catch (ExecutionException e) {
            throw new IOException("A blow could not be struck: " + e.getCause(), e);
        }
    }
}
