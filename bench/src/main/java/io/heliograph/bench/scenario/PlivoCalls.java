package io.heliograph.bench.scenario;

import io.heliograph.bench.rig.RunningProgram;
import io.heliograph.simulator.SimulatorControl;
import io.heliograph.simulator.ledger.Provider;
import io.heliograph.simulator.ledger.Rates;

/** What the simulated Plivo has seen so far, while a load warms up as well. */
record PlivoCalls(long calls, long messages) {
    static final PlivoCalls NONE = new PlivoCalls(0, 0);

    static PlivoCalls at(RunningProgram simulator) {
        try (SimulatorControl control =
                new SimulatorControl(simulator.endpoints().url())) {
            Rates rates = control.rate(Provider.PLIVO);
            return new PlivoCalls(rates.calls(), rates.received());
        }
    }

    /** Messages; zero where there were no calls. */
    double perCallUntil(PlivoCalls later) {
        return later.calls == calls ? 0 : (double) (later.messages - messages) / (later.calls - calls);
    }
}
