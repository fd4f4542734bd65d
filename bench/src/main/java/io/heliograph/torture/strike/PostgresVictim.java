package io.heliograph.torture.strike;

import io.heliograph.bench.rig.Rig;
import io.heliograph.bench.rig.Signals;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL with all its processes: what had not been committed to the disk is gone. */
public record PostgresVictim(Rig rig) implements Victim {
    @Override
    public String name() {
        return POSTGRES;
    }

    @Override
    public void kill() throws IOException {
        // Frozen first, so that the parent has no time to start anything while its children die.
        List<ProcessHandle> processes = processes();
        Signals.stop(processes);
        processes.forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void wipe() {
        throw new UnsupportedOperationException("It is what must not lose anything");
    }

    @Override
    public void freeze() throws IOException {
        Signals.stop(processes());
    }

    @Override
    public void thaw() throws IOException {
        Signals.go(processes());
    }

    @Override
    public void start() {
        rig.restartPostgres();
    }

    @Override
    public boolean isReady() {
        try {
            return rig.database().number("SELECT 1") == 1;
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public List<Victim> needs() {
        return List.of();
    }

    @Override
    public boolean hasDied() {
        try {
            return rig.postgres().process().isEmpty();
        } catch (IOException e) {
            return true;
        }
    }

    /** The parent first. */
    private List<ProcessHandle> processes() throws IOException {
        List<ProcessHandle> processes = new ArrayList<>();
        rig.postgres().process().ifPresent(parent -> {
            processes.add(parent);
            parent.descendants().forEach(processes::add);
        });
        return processes;
    }
}
