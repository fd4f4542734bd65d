package io.heliograph.torture;

import io.heliograph.bench.rig.Program;
import io.heliograph.bench.rig.Rig;
import io.heliograph.bench.rig.RunningProgram;
import io.heliograph.torture.strike.BrokerVictim;
import io.heliograph.torture.strike.PostgresVictim;
import io.heliograph.torture.strike.ProgramVictim;
import io.heliograph.torture.strike.Recovery;
import io.heliograph.torture.strike.Victim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Everything of ours that runs: the victims, and the simulator, which is the witness and is left alone. */
record Cast(RunningProgram simulator, List<RunningProgram> gateways, List<RunningProgram> others) {
    /** Short, so that what a dead process had is taken up again while one waits. */
    private static final Map<String, String> TIMES = Map.of(
            "HELIOGRAPH_LEASE", "6s",
            "HELIOGRAPH_LEASE_MAX", "12s",
            "HELIOGRAPH_UNKNOWN_WINDOW", "10s",
            "HELIOGRAPH_CONFIRM_DEADLINE", "2s");

    private static final String PROVIDERS = """
        providers:
          twilio:
            kind: twilio
            base_url: %s
            account_sid: AC00000000000000000000000000000001
            auth_token: heliograph-simulator-token-0000000
            from: "+15005550006"
            concurrency: 32
            timeout: 1s
            breaker: {open_for: 2s}
          plivo:
            kind: plivo
            base_url: %s
            auth_id: MAHELIOGRAPH00000001
            auth_token: heliograph-simulator-plivo-token-0000000
            from: "+15005550006"
            concurrency: 32
            timeout: 1s
            breaker: {open_for: 2s}
        routes:
          - channel: sms
            providers: [twilio, plivo]
        """;

    /** Not started. The public URL is what the simulator calls back. */
    static Cast of(Rig rig, TortureOptions options, String publicUrl) throws IOException {
        RunningProgram simulator = rig.program(Program.SIMULATOR, "simulator", Map.of());
        Path providers = Files.writeString(
                rig.folder().resolve("providers.yaml"),
                PROVIDERS.replace("%s", simulator.endpoints().url()));
        Map<String, String> environment = new HashMap<>(TIMES);
        environment.put("HELIOGRAPH_PUBLIC_URL", publicUrl);
        environment.put("HELIOGRAPH_PROVIDERS", providers.toString());
        List<RunningProgram> others = new ArrayList<>(several(rig, Program.RELAY, options.relays(), environment));
        others.addAll(several(rig, Program.WORKER, options.workers(), environment));
        return new Cast(simulator, several(rig, Program.GATEWAY, options.gateways(), environment), List.copyOf(others));
    }

    /** All but the simulator. */
    List<RunningProgram> programs() {
        List<RunningProgram> programs = new ArrayList<>(gateways);
        programs.addAll(others);
        return programs;
    }

    /** Those, with PostgreSQL and the broker. */
    List<Victim> victims(Rig rig) {
        Victim postgres = new PostgresVictim(rig);
        Victim broker = new BrokerVictim(rig.rabbit());
        List<Victim> victims = new ArrayList<>(List.of(postgres, broker));
        gateways.forEach(gateway -> victims.add(new ProgramVictim(gateway, List.of(postgres))));
        others.forEach(other -> victims.add(new ProgramVictim(other, List.of(postgres, broker))));
        return victims;
    }

    /** So many at once may take longer than one of them is willing to wait, so they are started until they stay. */
    void start(Rig rig) throws IOException {
        simulator.start();
        for (RunningProgram program : programs()) {
            program.start();
        }
        simulator.awaitReady();
        for (Victim victim : victims(rig)) {
            Duration _ = Recovery.await(victim, true);
        }
    }

    private static List<RunningProgram> several(Rig rig, Program program, int count, Map<String, String> environment) {
        List<RunningProgram> several = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            several.add(rig.program(program, program.word() + "-" + i, environment));
        }
        return several;
    }
}
