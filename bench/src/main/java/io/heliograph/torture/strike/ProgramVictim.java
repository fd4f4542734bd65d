package io.heliograph.torture.strike;

import io.heliograph.bench.rig.RunningProgram;
import java.io.IOException;
import java.util.List;

/** One of our own processes. */
public record ProgramVictim(RunningProgram program, List<Victim> needs) implements Victim {
    @Override
    public String name() {
        return program.name();
    }

    @Override
    public void kill() {
        program.process().kill();
    }

    @Override
    public void wipe() {
        throw new UnsupportedOperationException("It has nothing that could be wiped");
    }

    @Override
    public void freeze() throws IOException {
        program.process().freeze();
    }

    @Override
    public void thaw() throws IOException {
        program.process().thaw();
    }

    @Override
    public void start() throws IOException {
        program.start();
    }

    /** A start that found no database gives up, and is repeated: that is the supervisor's part. */
    @Override
    public boolean isReady() {
        return program.process().isAlive() && program.isReady();
    }

    @Override
    public boolean hasDied() {
        return !program.process().isAlive();
    }
}
