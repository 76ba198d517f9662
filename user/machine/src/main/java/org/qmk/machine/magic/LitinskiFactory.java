package org.qmk.machine.magic;

/// A factory on a surface code with distances of its own for X, Z and time: what it needs, how
/// often it fails, and how good its states are, by simulation of its circuit. Source:
/// arXiv:1905.06903, sections 3 and 4.
///
/// @param states that a run gives; a CCZ state counts as one
/// @param error of one of them
/// @param failure how often a run gives nothing
/// @param cycles code cycles from one success to the next
public record LitinskiFactory(
        int states, double error, double failure, long qubits, double cycles) {

    /// A rate of a surface code in one code cycle: `0.1 (100 p)^((d + 1) / 2)`.
    static double error(double p, int distance) {
        return 0.1 * Math.pow(100 * p, (distance + 1) / 2.0);
    }

    /// 15 to 1, each state from one physical T measurement.
    ///
    /// @param p of every physical operation
    public static LitinskiFactory oneLevel(double p, Distances d) {
        FaultyRotations.Outcome outcome = first(p, d);
        return new LitinskiFactory(
                1,
                outcome.error(),
                outcome.failure(),
                2L * ((d.x() + 4L * d.z()) * 3 * d.x() + 2L * d.m()),
                6 * d.m() / (1 - outcome.failure()));
    }

    /// A circuit whose states come from factories of one level.
    ///
    /// @param p of every physical operation
    /// @param first distances of those factories
    /// @param copies of those factories, an even number
    public static LitinskiFactory twoLevel(
            DistillationCircuit circuit, double p, Distances first, int copies, Distances d) {
        if (circuit == DistillationCircuit.FIFTEEN_TO_ONE_FIRST) {
            throw new IllegalArgumentException("the first level's circuit has no level below it");
        }
        FaultyRotations.Outcome level = first(p, first);
        double perStep = Math.max(6.0 * first.m() / (copies / 2.0) / (1 - level.failure()), d.m());
        double move = 10.0 * d.m() + copies / 4.0 * (first.x() + 4 * first.z());
        var state = new FaultyRotations(circuit.qubits());
        double px = error(p, d.x());
        double pm = error(p, d.m());
        for (DistillationCircuit.Step step : circuit.steps()) {
            double[] measured = new double[circuit.qubits()];
            for (DistillationCircuit.Rotation r : step.rotations()) {
                double width = r.x() * d.x() + r.z() * d.z() + r.m() * d.m();
                state.rotate(
                        r.mask(),
                        r.sign(),
                        level.error() + 0.5 * move * pm,
                        0.5 * move * pm + 0.5 * width * d.x() / d.m() * pm,
                        0);
                addTo(measured, r, circuit, 0.5 * width * d.m() / d.x() * px);
            }
            storeMeasured(state, measured);
            store(state, step, circuit, p, d, perStep);
        }
        FaultyRotations.Outcome outcome = state.outcome(circuit.outputQubits());
        double steps = circuit.rotations() / 2.0;
        return new LitinskiFactory(
                circuit.states(),
                outcome.error() / circuit.states(),
                outcome.failure(),
                Math.round(2 * twoLevelTiles(circuit, first, copies, d)),
                steps * perStep / (1 - outcome.failure()));
    }

    /// Data qubits of the floor.
    private static double twoLevelTiles(
            DistillationCircuit circuit, Distances first, int copies, Distances d) {
        int outputs = circuit.outputQubits();
        double block = (outputs * d.x() + (circuit.qubits() - outputs) * d.z()) * 3.0 * d.x();
        double below =
                (first.x() + 4.0 * first.z()) * (3 * first.x() + d.m() / 2.0) + 2 * first.m();
        return block + copies * below + 20.0 * d.m() * d.m() + 2.0 * d.x() * d.m();
    }

    private static FaultyRotations.Outcome first(double p, Distances d) {
        DistillationCircuit circuit = DistillationCircuit.FIFTEEN_TO_ONE_FIRST;
        var state = new FaultyRotations(circuit.qubits());
        double px = error(p, d.x());
        double pz = error(p, d.z());
        double pm = error(p, d.m());
        for (DistillationCircuit.Step step : circuit.steps()) {
            double[] measured = new double[circuit.qubits()];
            for (DistillationCircuit.Rotation r : step.rotations()) {
                double width = r.x() * d.x() + r.z() * d.z();
                if (r.single()) {
                    state.rotate(
                            r.mask(),
                            r.sign(),
                            p / 3 + 0.5 * d.m() / d.z() * pz * d.m(),
                            p / 3 + 0.5 * width * pm,
                            p / 3);
                } else {
                    double time = 0.5 * pm * d.m();
                    state.rotate(
                            r.mask(),
                            r.sign(),
                            p / 3 + time,
                            p / 3 + time + 0.5 * width * d.x() / d.m() * pm,
                            p / 3);
                    addTo(measured, r, circuit, 0.5 * width / d.x() * px * d.m());
                }
            }
            storeMeasured(state, measured);
            store(state, step, circuit, p, d, d.m());
        }
        return state.outcome(circuit.outputQubits());
    }

    /// A measurement's region can fail along its width, which is a Z of the outputs that it takes
    /// part in.
    private static void addTo(
            double[] measured,
            DistillationCircuit.Rotation rotation,
            DistillationCircuit circuit,
            double error) {
        for (int q = 0; q < circuit.outputQubits(); q++) {
            if ((rotation.mask() >>> q & 1) != 0) measured[q] += error;
        }
    }

    private static void storeMeasured(FaultyRotations state, double[] measured) {
        for (int q = 0; q < measured.length; q++) state.storeZ(q, measured[q]);
    }

    /// What qubits catch between two steps. Outputs are patches of dx by dx; checks of dx by dz.
    private static void store(
            FaultyRotations state,
            DistillationCircuit.Step step,
            DistillationCircuit circuit,
            double p,
            Distances d,
            double cycles) {
        double px = error(p, d.x());
        double pz = error(p, d.z());
        for (int q = 0; q < circuit.qubits(); q++) {
            char does = step.then().charAt(q);
            double waits = does == 'i' || does == 'b' ? cycles : 0;
            if (does == 'o' || does == 'b') waits += d.m() + 2 * d.x();
            boolean output = q < circuit.outputQubits();
            double x = 0.5 * px * waits * (output ? 1 : (double) d.z() / d.x());
            double z = output ? x : 0.5 * pz * waits * ((double) d.x() / d.z());
            state.storeX(q, x);
            state.storeZ(q, z);
        }
    }
}
