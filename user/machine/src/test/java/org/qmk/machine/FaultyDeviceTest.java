package org.qmk.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.device.Condition;
import org.qmk.device.EpochPlan;
import org.qmk.device.EpochReport;
import org.qmk.device.Extent;
import org.qmk.device.JobId;
import org.qmk.device.MachineShape;
import org.qmk.device.Placement;
import org.qmk.device.Signal;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;
import org.qmk.sim.Choice;
import org.qmk.sim.SimulatorRule;
import org.qmk.sim.Simulators;

class FaultyDeviceTest {

    private static final MachineModel QUAD = MachineFile.shipped("quad-64");
    private static final int WAVES = 6;
    private static final int SHOTS = 3;
    private static final int ALWAYS = 1_000_000;

    @Test
    void without_faults_the_device_is_the_one_inside() {
        var faulty = device(FaultMix.NONE, 5);
        var plain = new SimulatedDevice(Simulators::choose, QUAD, 1);

        for (long epoch = 1; epoch <= 30; epoch++) {
            assertEquals(plain.execute(plan(epoch)), faulty.execute(plan(epoch)));
        }
        assertEquals(List.of(), faulty.injections());
    }

    @Test
    void everything_follows_from_the_seed() {
        var one = device(FaultMix.HEAVY, 5);
        var same = device(FaultMix.HEAVY, 5);
        var other = device(FaultMix.HEAVY, 6);

        for (long epoch = 1; epoch <= 400; epoch++) {
            assertEquals(one.execute(plan(epoch)), same.execute(plan(epoch)));
            other.execute(plan(epoch));
        }
        assertEquals(one.injections(), same.injections());
        assertNotEquals(one.injections(), other.injections());
    }

    @ParameterizedTest
    @EnumSource(FaultKind.class)
    void a_kind_of_fault_that_always_happens_is_injected_and_no_other(FaultKind kind) {
        var device = device(FaultMix.only(kind, ALWAYS, 1), 5);

        for (long epoch = 1; epoch <= 20; epoch++) device.execute(plan(epoch));

        assertTrue(!device.injections().isEmpty(), kind + "");
        for (Injection injection : device.injections()) assertEquals(kind, injection.kind());
    }

    @ParameterizedTest
    @CsvSource({
        "DRIFT, DRIFT",
        "LINK_LOSS, LINK",
        "HOT_MODULE, HOT_MODULE",
        "DECODER_OVERLOAD, DECODER",
        "FACTORY_FAILURE, FACTORY"
    })
    void a_fault_of_the_machine_is_signalled_as_it_is(FaultKind kind, Condition condition) {
        var device = device(FaultMix.only(kind, 100_000, 10), 5);
        int signalled = 0;

        for (long epoch = 1; epoch <= 100; epoch++) {
            List<Signal> expected = new ArrayList<>();
            EpochReport report = device.execute(plan(epoch));
            for (Injection injection : device.injections()) {
                if (injection.epoch() != epoch || injection.job().number() != 0) continue;
                expected.add(new Signal(condition, injection.subject(), injection.permille()));
            }
            assertEquals(expected, report.signals(), "epoch " + epoch);
            signalled += expected.size();
        }
        assertTrue(signalled > 50, signalled + " signals");
    }

    @Test
    void a_lost_link_or_factory_makes_as_much_less_as_it_says() {
        List<FaultMix.Rate> rates =
                List.of(
                        new FaultMix.Rate(FaultKind.LINK_LOSS, 50_000, 5),
                        new FaultMix.Rate(FaultKind.FACTORY_FAILURE, 50_000, 5));
        var faulty = device(new FaultMix(rates), 5);
        var plain = new SimulatedDevice(Simulators::choose, QUAD, 1);
        int gone = 0;

        for (long epoch = 1; epoch <= 200; epoch++) {
            var report = faulty.execute(idle(epoch));
            var whole = plain.execute(idle(epoch)).supply();
            int[] states = whole.magicStates();
            int[] pairs = whole.bellPairs();
            for (Signal signal : worst(report.signals())) {
                int[] made = signal.condition() == Condition.LINK ? pairs : states;
                made[signal.subject()] = made[signal.subject()] * (1000 - signal.permille()) / 1000;
                if (signal.permille() == 1000) gone++;
            }
            assertEquals(states.length, report.supply().factories());
            for (int i = 0; i < states.length; i++) {
                assertEquals(states[i], report.supply().magic(i), "epoch " + epoch);
            }
            for (int i = 0; i < pairs.length; i++) {
                assertEquals(pairs[i], report.supply().pairs(i), "epoch " + epoch);
            }
        }
        assertTrue(gone > 10, gone + " times nothing was made");
    }

    @Test
    void drift_rises_to_its_peak_and_falls() {
        var script = new FaultScript(3, FaultMix.only(FaultKind.DRIFT, 20_000, 21), QUAD.shape());
        for (long epoch = 1; epoch < 2000; epoch++) {
            for (FaultScript.Active before : script.at(epoch)) {
                if (before.age() == 20) continue;
                FaultScript.Active after =
                        script.at(epoch + 1).stream()
                                .filter(next -> next.age() == before.age() + 1)
                                .findFirst()
                                .orElseThrow();
                assertEquals(before.subject(), after.subject());
                int change = after.permille() - before.permille();
                assertTrue(before.age() < 10 ? change > 0 : change < 0, before + ", " + after);
            }
        }
    }

    @Test
    void overloaded_decoders_fall_behind_and_tell_outcomes_late() {
        var device = device(FaultMix.only(FaultKind.DECODER_OVERLOAD, ALWAYS, 1), 5);

        for (long epoch = 1; epoch <= 6; epoch++) device.execute(idle(epoch));
        long first = 7;
        EpochReport report = device.execute(plan(first));
        while (report.outcomes().isEmpty()) report = device.execute(idle(++first));

        // The latency alone is one epoch.
        assertTrue(first > 8, "first outcome in epoch " + first);
        assertTrue(report.supply().backlogRounds() > 1000, report.supply() + "");
    }

    @Test
    void a_hot_module_fails_only_waves_that_are_in_it() {
        var device = device(FaultMix.only(FaultKind.HOT_MODULE, 200_000, 3), 5);
        int failed = 0;

        for (long epoch = 1; epoch <= 200; epoch++) {
            EpochReport report = device.execute(plan(epoch));
            var hot = new TreeSet<Integer>();
            for (Signal signal : report.signals()) hot.add(signal.subject());
            for (EpochReport.Fault fault : report.faults()) {
                assertEquals(EpochReport.Fault.Kind.NOT_DONE, fault.kind());
                int module = (int) fault.job().number() % 4;
                assertTrue(hot.contains(module), "epoch " + epoch + ", " + fault);
                failed++;
            }
        }
        assertTrue(failed > 50, failed + " faults");
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultKind.class,
            names = {"NOT_DONE", "LOST_QUBITS", "HOT_MODULE"})
    void a_wave_that_fails_does_nothing_of_what_was_issued(FaultKind kind) {
        var device = device(FaultMix.only(kind, ALWAYS, 1), 5);
        EpochReport report = device.execute(plan(1));
        List<EpochReport.Outcome> later = device.execute(idle(2)).outcomes();

        assertTrue(!report.faults().isEmpty());
        List<JobId> failed = report.faults().stream().map(EpochReport.Fault::job).toList();
        List<JobId> told = later.stream().map(EpochReport.Outcome::job).toList();
        for (int wave = 1; wave <= WAVES; wave++) {
            JobId job = new JobId(wave);
            assertEquals(!failed.contains(job), told.contains(job), job + "");
        }
        List<JobId> injected =
                device.injections().stream()
                        .filter(injection -> injection.epoch() == 1)
                        .map(Injection::job)
                        .filter(job -> job.number() > 0)
                        .sorted()
                        .toList();
        assertEquals(failed, injected);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void every_lie_can_be_seen_and_is_about_those_whom_the_injections_name(long seed) {
        List<FaultMix.Rate> rates =
                List.of(
                        new FaultMix.Rate(FaultKind.LYING_DECODER, 300_000, 1),
                        new FaultMix.Rate(FaultKind.LYING_DEVICE, 300_000, 1));
        var faulty = device(new FaultMix(rates), seed);
        var plain = new SimulatedDevice(Simulators::choose, QUAD, 1);
        var told = EnumSet.noneOf(Lie.class);

        for (long epoch = 1; epoch <= 300; epoch++) {
            EpochReport truth = plain.execute(plan(epoch));
            EpochReport report = faulty.execute(plan(epoch));
            var named = new TreeSet<JobId>();
            var lies = EnumSet.noneOf(Lie.class);
            for (Injection injection : faulty.injections()) {
                if (injection.epoch() != epoch) continue;
                lies.add(Lie.values()[injection.subject()]);
                if (injection.job().number() > 0) named.add(injection.job());
            }
            for (JobId job : named) {
                assertNotEquals(of(job, truth), of(job, report), epoch + ": " + lies);
            }
            var all = new TreeSet<JobId>();
            truth.outcomes().forEach(outcome -> all.add(outcome.job()));
            report.outcomes().forEach(outcome -> all.add(outcome.job()));
            all.removeAll(named);
            for (JobId job : all)
                assertEquals(of(job, truth), of(job, report), epoch + ": " + lies);
            assertEquals(lies.contains(Lie.TOO_MUCH_SUPPLY), !isPossible(report), "" + epoch);
            assertEquals(
                    lies.contains(Lie.NO_SUCH_SUBJECT), !report.signals().isEmpty(), "" + epoch);
            told.addAll(lies);
        }
        assertEquals(EnumSet.allOf(Lie.class), told);
    }

    @Test
    void a_wave_that_is_refused_is_no_victim() {
        var inner =
                new SimulatedDevice(
                        _ -> new Choice.Refused(SimulatorRule.MEMORY, "no room"), QUAD, 1);
        var script =
                new FaultScript(1, FaultMix.only(FaultKind.LOST_QUBITS, ALWAYS, 1), QUAD.shape());
        var device = new FaultyDevice(inner, QUAD.shape(), script);

        EpochReport report = device.execute(plan(1));

        assertEquals(WAVES, report.faults().size());
        for (EpochReport.Fault fault : report.faults()) {
            assertEquals(EpochReport.Fault.Kind.REFUSED, fault.kind());
        }
        assertEquals(List.of(), device.injections());
    }

    @Test
    void a_machine_without_links_factories_and_limits_has_no_faults_of_them() {
        var shape = MachineModel.IDEAL.shape();
        for (FaultKind kind :
                List.of(
                        FaultKind.LINK_LOSS,
                        FaultKind.FACTORY_FAILURE,
                        FaultKind.DECODER_OVERLOAD)) {
            var script = new FaultScript(1, FaultMix.only(kind, ALWAYS, 3), shape);
            assertEquals(List.of(), script.at(10), kind + "");
        }
    }

    @Test
    void faults_begin_as_often_as_the_mix_says() {
        var script =
                new FaultScript(9, FaultMix.only(FaultKind.NOT_DONE, 100_000, 1), QUAD.shape());
        int begun = 0;
        int epochs = 100_000;
        for (long epoch = 1; epoch <= epochs; epoch++) begun += script.at(epoch).size();

        // Seven standard deviations: a false alarm has a chance below 1e-11.
        assertEquals(epochs * 0.1, begun, 7 * Math.sqrt(epochs * 0.09));
    }

    @Test
    void mixes_have_names_and_one_rate_a_kind() {
        assertEquals(Optional.of(FaultMix.NONE), FaultMix.named("none"));
        assertEquals(Optional.of(FaultMix.LIGHT), FaultMix.named("light"));
        assertEquals(Optional.of(FaultMix.HEAVY), FaultMix.named("heavy"));
        assertEquals(Optional.empty(), FaultMix.named("Heavy"));
        for (FaultMix mix : List.of(FaultMix.LIGHT, FaultMix.HEAVY)) {
            var kinds = EnumSet.noneOf(FaultKind.class);
            for (FaultMix.Rate rate : mix.rates()) kinds.add(rate.kind());
            assertEquals(EnumSet.allOf(FaultKind.class), kinds);
        }
        var twice = new FaultMix.Rate(FaultKind.DRIFT, 1, 1);
        assertThrows(IllegalArgumentException.class, () -> new FaultMix(List.of(twice, twice)));
    }

    private static List<EpochReport.Outcome> of(JobId job, EpochReport report) {
        return report.outcomes().stream().filter(outcome -> outcome.job().equals(job)).toList();
    }

    /// The worst signal of each subject.
    private static List<Signal> worst(List<Signal> signals) {
        List<Signal> worst = new ArrayList<>(signals);
        worst.removeIf(
                signal ->
                        signals.stream()
                                .anyMatch(
                                        other ->
                                                other.condition() == signal.condition()
                                                        && other.subject() == signal.subject()
                                                        && other.permille() > signal.permille()));
        return worst.stream().distinct().toList();
    }

    private static boolean isPossible(EpochReport report) {
        List<MachineShape.Factory> factories = QUAD.shape().factories();
        for (int i = 0; i < factories.size(); i++) {
            if (report.supply().magic(i) > factories.get(i).statesPerEpoch()) return false;
        }
        return true;
    }

    private static FaultyDevice device(FaultMix mix, long seed) {
        var inner = new SimulatedDevice(Simulators::choose, QUAD, 1);
        return new FaultyDevice(inner, QUAD.shape(), new FaultScript(seed, mix, QUAD.shape()));
    }

    /// Every wave ends, begins again and does everything; wave n is in module n mod 4.
    private static EpochPlan plan(long epoch) {
        List<EpochPlan.Start> starts = new ArrayList<>();
        List<EpochPlan.Issue> issues = new ArrayList<>();
        List<JobId> ends = new ArrayList<>();
        // Each wave lives for two epochs, so that its outcomes are decoded.
        for (int wave = 1; wave <= WAVES; wave++) {
            JobId job = new JobId(wave);
            if (epoch % 2 == 0) continue;
            if (epoch > 1) ends.add(job);
            int block = wave % 4 * 64 + wave / 4 * 16;
            var placement = new Placement(List.of(new Extent(block, SHOTS)));
            starts.add(new EpochPlan.Start(job, graph(), 7, 0, SHOTS, 1, placement));
            issues.add(new EpochPlan.Issue(job, new int[] {0, 1, 2}));
        }
        return new EpochPlan(epoch, 13, starts, List.of(), issues, ends);
    }

    private static EpochPlan idle(long epoch) {
        return new EpochPlan(epoch, 13, List.of(), List.of(), List.of(), List.of());
    }

    private static Graph graph() {
        var builder = new GraphBuilder();
        int q = builder.declareQubit("q");
        builder.node(Opcode.ALLOC_LQ).qubit(q).argument(new Argument.Profile("logical"));
        builder.node(Opcode.APPLY_H).qubit(q);
        builder.node(Opcode.MEASURE_Z).qubit(q).output(builder.declareEvent("m"));
        builder.node(Opcode.FREE_LQ).qubit(q);
        return builder.requireWhatIsUsed().build();
    }
}
