package org.qmk.machine.bicycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.qmk.machine.profile.BicycleCosts;
import org.qmk.machine.profile.ProfileFile;

class BicyclePlannerTest {

    private static final MeasurementTable GROSS = new MeasurementTable(BicycleCode.GROSS);

    /// As the tests of the published compiler: 540 measurements, 511 products without the pivot.
    @ParameterizedTest
    @EnumSource(BicycleCode.class)
    void native_measurements_are_as_many_as_published(BicycleCode code) {
        TreeSet<Integer> paulis = new TreeSet<>();
        TreeSet<Integer> data = new TreeSet<>();
        for (NativeMeasurement measurement : code.natives()) {
            paulis.add(measurement.pauli());
            data.add(measurement.data());
        }

        assertEquals(540, paulis.size());
        assertEquals(511, data.size());
    }

    /// What the rotations make of the base is what was wanted.
    @ParameterizedTest
    @EnumSource(BicycleCode.class)
    void a_way_measures_what_it_is_for(BicycleCode code) {
        var table = new MeasurementTable(code);
        TreeMap<Integer, Integer> lengths = new TreeMap<>();
        for (long seed = 0; seed < 200; seed++) {
            int wanted = random(new SplittableRandom(seed));
            MeasurementWay way = table.find(wanted);
            int pauli = way.base().pauli();
            for (NativeMeasurement about : way.rotations().reversed()) {
                assertTrue(NativeMeasurement.anticommute(pauli, about.data()), "seed " + seed);
                assertTrue(about.pivot() > 0);
                pauli ^= about.data();
            }

            assertTrue(way.base().pivot() > 0);
            assertEquals(wanted, new NativeMeasurement(pauli, false).data(), "seed " + seed);
            lengths.merge(way.rotations().size(), 1, Integer::sum);
        }
        // Most products take three rotations; a search in the wrong order would find longer ways.
        assertTrue(lengths.get(3) > 100, lengths + "");
        assertTrue(lengths.lastKey() <= 4, lengths + "");
    }

    /// As a test of the published compiler.
    @Test
    void single_qubits_are_native_in_the_two_gross_code() {
        TreeSet<Integer> paulis = new TreeSet<>();
        for (NativeMeasurement measurement : BicycleCode.TWO_GROSS.natives()) {
            paulis.add(measurement.pauli());
        }
        for (int bit = 0; bit < 24; bit++) assertTrue(paulis.contains(1 << bit), "bit " + bit);
    }

    /// The closed form against the profile's costs (oracle 3.6): with r_m rotations in module m, in
    /// all R, over n modules of which all have a part, 3 n + 6 R measurements in modules, n - 1
    /// between modules; every native measurement with an automorphism takes two.
    @ParameterizedTest
    @CsvSource({"gross, 0.001", "gross, 0.0001", "two-gross, 0.001", "two-gross, 0.0001"})
    void totals_are_those_of_the_closed_form(String profile, double physical) {
        BicycleCosts costs = costs(profile);
        var point = costs.at(physical).orElseThrow();
        for (long seed = 0; seed < 30; seed++) {
            var random = new SplittableRandom(seed);
            int modules = 1 + random.nextInt(6);
            int part = random(random);
            MeasurementWay way = GROSS.find(part);
            List<Integer> parts = Collections.nCopies(modules, part);
            int states = random.nextInt(3);
            var clock = new BicycleClock(costs, point, modules);

            clock.run(new BicyclePlanner(GROSS, modules).rotate(parts, states));

            int rotations = way.rotations().size();
            long moved = way.rotations().stream().filter(NativeMeasurement::moved).count();
            long automorphisms = 2 * (2 * moved + (way.base().moved() ? 1 : 0));
            long measured = 3 + 6L * rotations;
            assertEquals(
                    modules * measured, clock.count(BicycleInstruction.IN_MODULE), "seed " + seed);
            assertEquals(modules * automorphisms, clock.count(BicycleInstruction.AUTOMORPHISM));
            assertEquals(modules - 1, clock.count(BicycleInstruction.INTER_MODULE));
            assertEquals(states, clock.count(BicycleInstruction.T_INJECTION));

            long joined = Math.min(2, modules - 1);
            long alone =
                    measured * costs.steps().inModule() + automorphisms * costs.automorphismSteps();
            // The last module joins once: in the first half of an even number, else the second.
            long last = modules == 1 ? 0 : modules % 2 == 0 ? 1 : 2;
            long magic =
                    last * costs.steps().interModule() + (long) states * point.tInjectionSteps();
            long end = alone + Math.max(joined * costs.steps().interModule(), magic);
            assertEquals(end, clock.steps(), "seed " + seed);
            double error =
                    modules * measured * point.inModule()
                            + modules * automorphisms * costs.automorphism(point)
                            + (modules - 1) * point.interModule()
                            + states * point.tInjection()
                            + clock.idles() * point.idle();
            assertEquals(error, clock.error(), 1e-9 * error);
        }
    }

    @Test
    void modules_without_a_part_take_part_in_the_state_between() {
        int part = 1 << 3;
        var planner = new BicyclePlanner(GROSS, 4);
        var costs = costs("gross");
        var clock = new BicycleClock(costs, costs.at(0.001).orElseThrow(), 4);

        clock.run(planner.measure(List.of(0, part, 0, part)));

        // Each pivot prepared and measured, two native measurements, neighbours 1-2 and 2-3.
        int rotations = 2 * 6 * GROSS.find(part).rotations().size();
        assertEquals(8 + 2 + rotations, clock.count(BicycleInstruction.IN_MODULE));
        assertEquals(2, clock.count(BicycleInstruction.INTER_MODULE));
        assertEquals(Math.ceilDiv(clock.steps(), 120), clock.epochs(120));
    }

    @Test
    void who_waits_for_another_is_idle() {
        var costs = costs("gross");
        var point = costs.at(0.001).orElseThrow();
        var clock = new BicycleClock(costs, point, 2);

        clock.run(
                List.of(
                        new BicycleOperation(BicycleInstruction.AUTOMORPHISM, List.of(0)),
                        new BicycleOperation(BicycleInstruction.INTER_MODULE, List.of(0, 1))));

        assertEquals(3, clock.idles());
        assertEquals(144, clock.steps());
        assertEquals(2 * 4.01e-7 + 2.01e-3 + 3 * 1.61e-9, clock.error(), 1e-15);
    }

    @Test
    void what_is_no_product_on_data_qubits_is_refused() {
        var planner = new BicyclePlanner(GROSS, 2);
        assertThrows(IllegalArgumentException.class, () -> planner.measure(List.of(0, 0)));
        assertThrows(IllegalArgumentException.class, () -> planner.measure(List.of(2)));
        for (int bad : List.of(0, 1, 1 << 12, 1 << 24, -1)) {
            assertThrows(IllegalArgumentException.class, () -> GROSS.find(bad));
        }
        assertFalse(planner.measure(List.of(2, 0)).isEmpty());
    }

    private static BicycleCosts costs(String profile) {
        return ProfileFile.shipped(profile).orElseThrow().costs().orElseThrow();
    }

    /// A product on the data qubits, not the identity.
    private static int random(SplittableRandom random) {
        int pivot = 1 | 1 << BicycleCode.QUBITS;
        while (true) {
            int pauli = random.nextInt(1 << 24) & ~pivot;
            if (pauli != 0) return pauli;
        }
    }
}
