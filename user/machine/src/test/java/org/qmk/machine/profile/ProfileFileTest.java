package org.qmk.machine.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProfileFileTest {

    private static CodeProfile shipped(String name) {
        return ProfileFile.shipped(name).orElseThrow();
    }

    private static String text(String name) {
        return new String(ProfileFile.text(name), StandardCharsets.UTF_8);
    }

    private static List<String> errors(String yaml) {
        var read = ProfileFile.read(yaml.getBytes(StandardCharsets.UTF_8));
        return assertInstanceOf(ProfileFile.Reading.Failed.class, read).errors();
    }

    private static List<String> errors(String profile, String from, String to) {
        String text = text(profile);
        assertTrue(text.contains(from), from);
        return errors(text.replace(from, to));
    }

    @Test
    void every_shipped_profile_can_be_read_and_has_its_name() {
        for (String name : ProfileFile.SHIPPED) assertEquals(name, shipped(name).name());
    }

    /// Numbers of the oracles' section 3.5; k = n - stabilizers - gauge qubits.
    @ParameterizedTest
    @CsvSource({
        "shyps-49, 49, 9, 16",
        "shyps-225, 225, 16, 121",
        "shyps-961, 961, 25, 676",
        "bacon-shor-3, 9, 1, 4",
        "gross, 144, 12, 0",
        "two-gross, 288, 12, 0",
    })
    void a_construction_gives_the_numbers_of_its_code(String name, int n, int k, int gauge) {
        assertEquals(
                new CodeConstruction.Size(n, k, gauge), shipped(name).code().construction().size());
    }

    /// Rates and distances of section 3.1: a = 0.03, threshold 0.01, once for each logical cycle.
    @ParameterizedTest
    @CsvSource({
        "1e-3, 3, 3e-4",
        "1e-3, 5, 3e-5",
        "1e-3, 19, 3e-12",
        "1e-3, 21, 3e-13",
        "1e-4, 3, 3e-6",
        "1e-4, 5, 3e-8",
        "1e-4, 21, 3e-24",
    })
    void a_surface_code_has_the_published_rates(double p, int distance, double rate) {
        OptionalDouble error = shipped("surface-gate").errorPerCycle(p, distance);

        assertEquals(rate, error.orElseThrow(), 1e-12 * rate);
    }

    @Test
    void what_a_rate_counts_is_part_of_the_profile() {
        CodeProfile azure = shipped("surface-gate");
        CodeProfile litinski = shipped("surface-litinski");

        assertEquals(3e-4, azure.errorPerCycle(1e-3, 3).orElseThrow(), 1e-12);
        assertEquals(3 * 1e-3, litinski.errorPerCycle(1e-3, 3).orElseThrow(), 1e-12);
    }

    @Test
    void qubits_and_times_are_those_of_azure() {
        PhysicalQubit gate = QubitFile.predefined("qubit_gate_ns_e3").orElseThrow();
        PhysicalQubit majorana = QubitFile.predefined("qubit_maj_ns_e6").orElseThrow();

        assertEquals(722, shipped("surface-gate").qubits(19));
        assertEquals(7600, shipped("surface-gate").cycleNanos(gate, 19));
        assertEquals(4 * 81 + 64, shipped("floquet").qubits(9));
        assertEquals(2700, shipped("floquet").cycleNanos(majorana, 9));
        assertEquals(10_000, shipped("surface-majorana").cycleNanos(majorana, 5));
        assertEquals(4 * 81 - 3, shipped("surface-three-aux").qubits(9));
        assertEquals(0.05 * Math.pow(1e-4 / 0.0066, 5), rate("surface-three-aux", 1e-4, 9), 1e-18);
    }

    private static double rate(String name, double p, int distance) {
        return shipped(name).errorPerCycle(p, distance).orElseThrow();
    }

    /// Section 3.6, from qiskit-community/bicycle-architecture-compiler: exact, however small.
    @ParameterizedTest
    @CsvSource({
        "gross, 1e-3, 1.61e-9, 4.01e-7, 1.11e-5, 2.01e-3, 2.01e-3, 471, 120",
        "gross, 1e-4, 1.44e-15, 6.07e-14, 1.01e-9, 4.81e-8, 8.79e-7, 229, 120",
        "two-gross, 1e-3, 8.20e-21, 3.25e-15, 1e-11, 1e-9, 2.10e-8, 2383, 216",
        "two-gross, 1e-4, 5.29e-39, 1.34e-37, 1e-20, 1e-18, 1e-18, 623, 216",
    })
    void bicycle_instructions_cost_what_is_published(
            String name,
            double p,
            double idle,
            double shift,
            double inModule,
            double interModule,
            double injection,
            int injectionSteps,
            int measurementSteps) {
        BicycleCosts costs = shipped(name).costs().orElseThrow();

        BicycleCosts.Point point = costs.at(p).orElseThrow();

        assertEquals(
                new BicycleCosts.Point(
                        p, idle, shift, inModule, interModule, injection, injectionSteps),
                point);
        assertEquals(
                new BicycleCosts.Steps(8, 12, measurementSteps, measurementSteps), costs.steps());
        assertEquals(2 * shift, costs.automorphism(point));
        assertEquals(24, costs.automorphismSteps());
        assertEquals(measurementSteps / 8 * idle, costs.idling(point, measurementSteps));
        assertEquals(2 * idle, costs.idling(point, 9));
        assertTrue(costs.at(2 * p).isEmpty());
    }

    @Test
    void rates_are_read_between_points_and_not_outside() {
        ErrorLaw law = shipped("gross").noise().law();

        assertEquals(1.61e-9, law.rate(1e-3, 12).orElseThrow());
        assertEquals(
                Math.sqrt(1.61e-9 * 1.44e-15), law.rate(Math.sqrt(1e-7), 12).orElseThrow(), 1e-20);
        assertTrue(law.rate(2e-3, 12).isEmpty());
        assertTrue(law.rate(1e-5, 12).isEmpty());
        assertTrue(shipped("shyps-961").errorPerCycle(1e-3, 16).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"shyps-225, 8, 1e-3, 4e-3", "bacon-shor-3, 3, 1e-4, 1e-2"})
    void measured_rates_rise_with_the_noise_and_end_where_they_were_measured(
            String name, int distance, double least, double most) {
        CodeProfile profile = shipped(name);
        double before = 0;
        for (int i = 0; i <= 20; i++) {
            double p = i == 20 ? most : least * Math.pow(most / least, i / 20.0);
            double rate = profile.noise().law().rate(p, distance).orElseThrow();
            assertTrue(rate > before, name + " at " + p);
            before = rate;
        }

        assertEquals(CodeProfile.Standing.MEASURED, profile.noise().standing());
        assertTrue(profile.errorPerCycle(least / 2, distance).isEmpty());
        assertTrue(profile.errorPerCycle(most * 2, distance).isEmpty());
    }

    @Test
    void counted_rates_make_a_profile_of_the_distances_that_were_counted() {
        var counts =
                List.of(
                        new MeasuredProfile.Count(5, 0.001, 2e-6, 1_000_000, 10),
                        new MeasuredProfile.Count(3, 0.002, 4e-4, 100_000, 120),
                        new MeasuredProfile.Count(3, 0.001, 1e-4, 100_000, 100));
        var measured =
                new MeasuredProfile(
                        "ours",
                        MeasuredProfile.Shape.ROTATED,
                        "matching",
                        "it's uniform",
                        "what: was counted",
                        counts);

        CodeProfile profile = ok(measured.yaml());

        assertEquals("ours", profile.name());
        assertEquals(List.of(3, 5), profile.distances());
        assertEquals(17, profile.qubits(3));
        assertEquals("it's uniform", profile.noise().model());
        // 10 errors are few.
        assertEquals(CodeProfile.Standing.INDICATIVE, profile.noise().standing());
        assertEquals(3 * 2e-4, profile.errorPerCycle(0.001, 3).orElseThrow(), 1e-15);
        assertEquals(3 * 4e-4, profile.errorPerCycle(Math.sqrt(2e-6), 3).orElseThrow(), 1e-12);
        assertEquals(5 * 4e-6, profile.errorPerCycle(0.001, 5).orElseThrow(), 1e-15);
        assertTrue(profile.errorPerCycle(0.002, 5).isEmpty());
        assertTrue(profile.errorPerCycle(0.001, 7).isEmpty());
        var channel = profile.errorsPerCycle(0.001, 3).orElseThrow();
        assertEquals(3e-4, channel.x(), 1e-15);
        assertEquals(3e-4, channel.z(), 1e-15);
        assertEquals(0, channel.y());
    }

    @Test
    void a_table_of_rates_is_in_order_and_of_the_code() {
        var count = new MeasuredProfile.Count(5, 0.001, 2e-6, 1_000_000, 1000);
        String good =
                new MeasuredProfile(
                                "ours",
                                MeasuredProfile.Shape.UNROTATED,
                                "matching",
                                "uniform",
                                "counted",
                                List.of(count))
                        .yaml();

        assertEquals(CodeProfile.Standing.MEASURED, ok(good).noise().standing());
        assertEquals(81, ok(good).qubits(5));
        for (String wrong :
                List.of(
                        good.replace("distance: 5", "distance: 7"),
                        good.replace("distance: 5", "distance: 0"),
                        good.replace("points:\n", "points: []\n  other:\n"),
                        good.replace(
                                "points:\n",
                                "points:\n    - {distance: 5, physical: 0.001, logical: 0.1}\n"),
                        good.replace(
                                "  standing",
                                "    - {distance: 3, physical: 0.001, logical: 0.1}\n"
                                        + "  standing"))) {
            assertTrue(codes(errors(wrong)).contains("QMK-PROFILE-3"), wrong);
        }
        assertThrows(
                IllegalArgumentException.class, () -> new MeasuredProfile.Count(3, 0.1, 0, 9, 0));
    }

    private static CodeProfile ok(String yaml) {
        var reading = ProfileFile.read(yaml.getBytes(StandardCharsets.UTF_8));
        return assertInstanceOf(ProfileFile.Reading.Ok.class, reading).profile();
    }

    @Test
    void a_code_that_its_construction_does_not_give_is_refused() {
        assertEquals(
                List.of(
                        "QMK-PROFILE-5: code.n and code.k are 144 and 13, and the construction"
                                + " gives 144 and 12"),
                errors("gross", "k: 12", "k: 13"));
        assertEquals(
                List.of("QMK-PROFILE-5"), codes(errors("gross", "y^3 + x + x^2", "y^3 + x + x")));
    }

    private static List<String> codes(List<String> errors) {
        return errors.stream().map(error -> error.substring(0, error.indexOf(':'))).toList();
    }

    @Test
    void each_thing_that_is_wrong_is_told_with_its_code() {
        assertEquals(List.of("QMK-PROFILE-1"), codes(errors("a: [")));
        assertEquals(List.of("QMK-PROFILE-1"), codes(errors("- 1")));
        assertEquals(List.of("QMK-PROFILE-1"), codes(errors("#".repeat(1 << 19))));
        assertEquals(
                List.of("QMK-PROFILE-2"),
                codes(errors("surface-gate", "  power: 0", "  power: 0\n  extra: 1")));
        assertEquals(List.of("QMK-PROFILE-3"), codes(errors("surface-gate", "0.03", "-0.03")));
        assertEquals(
                List.of(
                        "QMK-PROFILE-4: the formula code.qubits: 'u' at 5 is unknown; expected are"
                                + " codeDistance"),
                errors("surface-gate", "2 * codeDistance * codeDistance", "2 * u"));
        assertEquals(
                "QMK-PROFILE-6",
                codes(errors("surface-gate", "2 * codeDistance * codeDistance", "3 - codeDistance"))
                        .getFirst());
        assertEquals(
                List.of("QMK-PROFILE-3"),
                codes(errors("surface-gate", "instructions: GateBased", "instructions: Steam")));
        assertEquals(
                List.of("QMK-PROFILE-3"),
                codes(errors("gross", "physical: 0.001,", "physical: 0.00001,")));
    }

    @Test
    void durations_have_units() {
        assertEquals(OptionalLong.of(50), QubitFile.nanos("50 ns"));
        assertEquals(OptionalLong.of(100_000), QubitFile.nanos("100 us"));
        assertEquals(OptionalLong.of(1500), QubitFile.nanos("1.5\u00b5s"));
        assertEquals(OptionalLong.of(2_000_000_000), QubitFile.nanos("2 s"));
        assertEquals(OptionalLong.empty(), QubitFile.nanos("50"));
        assertEquals(OptionalLong.empty(), QubitFile.nanos("-1 ns"));
        assertEquals(OptionalLong.empty(), QubitFile.nanos("ns"));
    }
}
