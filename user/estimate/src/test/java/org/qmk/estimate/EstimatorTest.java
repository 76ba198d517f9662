package org.qmk.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qmk.machine.magic.Pipeline;
import org.qmk.machine.profile.CodeProfile;
import org.qmk.machine.profile.ProfileFile;

/// Section 3.2 of the oracles, which holds the values of the tests of Azure's estimator.
final class EstimatorTest {

    static final LogicalCounts ISING = new LogicalCounts(100, 0, 112_110, 2001, 0, 0, 0);
    static final LogicalCounts HUBBARD = new LogicalCounts(28, 22_074, 84, 31, 0, 0, 0);
    static final LogicalCounts CHEMISTRY =
            new LogicalCounts(
                    1318, 96, 11_987_084, 11_986_482, 67_474_931_068L, 0, 63_472_407_520L);

    private static final String FLOQUET =
            "'qubitParams': {'name': 'qubit_maj_ns_e6'}, 'qecScheme': {'name': 'floquet_code'}";

    static JobParameters job(String fields) {
        byte[] json = ("{" + fields + "}").replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        var read = JobParameters.read(json, Optional.empty());
        return assertInstanceOf(JobParameters.Reading.Ok.class, read, fields).jobs().getFirst();
    }

    private static ResourceEstimate one(LogicalCounts counts, String fields)
            throws EstimateFailure {
        List<ResourceEstimate> estimates = Estimator.estimates(counts, job(fields));
        assertEquals(1, estimates.size());
        return estimates.getFirst();
    }

    @Test
    void ising_has_the_digits_of_azure() throws EstimateFailure {
        ResourceEstimate ising = one(ISING, "'errorBudget': 0.001");

        assertEquals(230, ising.patches());
        assertEquals(OptionalLong.of(20), ising.tPerRotation());
        assertEquals(152_130, ising.cycles());
        assertEquals(2_242_200, ising.tStates());
        assertEquals(9.526558616438839e-12, ising.requiredError(), 1e-26);
        assertEquals(
                new ResourceEstimate.LogicalQubit(19, 722, 1, 7600, ising.qubit().error()),
                ising.qubit());
        assertEquals(3e-12, ising.qubit().error(), 1e-26);
        assertEquals(1_156_188_000, ising.runtimeNanos());
        assertEquals(166_060, ising.programQubits());
        assertEquals(7_929_620, ising.physicalQubits());
        assertEquals(30_263_158, ising.rqops());
        ResourceEstimate.Magic magic = ising.magic().orElseThrow();
        assertEquals(233, magic.copies());
        assertEquals(9624, magic.runs());
        assertEquals(33_320, magic.factory().qubits());
        assertEquals(120_000, magic.factory().runNanos());
        Pipeline pipeline = assertInstanceOf(Pipeline.class, magic.factory());
        assertEquals(255, pipeline.inputs());
        assertEquals(2.1639895946963134e-11, magic.factory().outputError(), 1e-25);
        List<Pipeline.Round> rounds = pipeline.rounds();
        assertEquals(List.of(7, 19), rounds.stream().map(Pipeline.Round::distance).toList());
        assertEquals(List.of(17L, 1L), rounds.stream().map(Pipeline.Round::copies).toList());
    }

    @Test
    void hubbard_has_the_digits_of_azure() throws EstimateFailure {
        ResourceEstimate hubbard = one(HUBBARD, "");

        assertEquals(72, hubbard.patches());
        assertEquals(OptionalLong.of(15), hubbard.tPerRotation());
        assertEquals(22_623, hubbard.cycles());
        assertEquals(23_334, hubbard.tStates());
        assertEquals(17, hubbard.qubit().distance());
        assertEquals(153_836_400, hubbard.runtimeNanos());
        assertEquals(41_616, hubbard.programQubits());
        assertEquals(252_000, hubbard.magicQubits());
        assertEquals(293_616, hubbard.physicalQubits());
        ResourceEstimate.Magic magic = hubbard.magic().orElseThrow();
        assertEquals(14, magic.copies());
        assertEquals(18_000, magic.factory().qubits());
        assertEquals(92_000, magic.factory().runNanos());
        Pipeline pipeline = assertInstanceOf(Pipeline.class, magic.factory());
        assertEquals(
                List.of(5, 15), pipeline.rounds().stream().map(Pipeline.Round::distance).toList());
    }

    /// The same states as `HUBBARD` from elsewhere: the copies keep up, each state is good enough,
    /// and nothing else of the estimate changes.
    @ParameterizedTest
    @CsvSource({"litinski, 23334", "ccz, 11667"})
    void states_can_come_from_other_factories(String family, long states) throws EstimateFailure {
        ResourceEstimate pipelines = one(HUBBARD, "");
        ResourceEstimate other = one(HUBBARD, "'factories': '" + family + "'");

        ResourceEstimate.Magic magic = other.magic().orElseThrow();
        double required = 1e-3 / 3 / states;
        assertEquals(required, magic.requiredError(), 1e-12 * required);
        assertTrue(magic.factory().outputError() <= required);
        assertEquals(pipelines.cycles(), other.cycles());
        assertEquals(pipelines.programQubits(), other.programQubits());
        long runs = other.runtimeNanos() / magic.factory().runNanos();
        assertTrue(runs * magic.copies() * magic.factory().outputs() >= states);
        assertTrue(runs * (magic.copies() - 1) * magic.factory().outputs() < states);
    }

    @Test
    void a_ccz_gate_takes_one_state_of_a_ccz_factory_and_four_t_states() throws EstimateFailure {
        var counts = new LogicalCounts(10, 0, 0, 0, 1000, 0, 0);

        ResourceEstimate ccz = one(counts, "'factories': 'ccz'");
        ResourceEstimate t = one(counts, "'factories': 'litinski'");

        assertEquals(0.5e-3 / 1000, ccz.magic().orElseThrow().requiredError(), 1e-18);
        assertEquals(0.5e-3 / 4000, t.magic().orElseThrow().requiredError(), 1e-18);
    }

    /// The samples of cultivation end at an error of 4.3e-11 at p = 5e-4 and have none at 1e-4.
    @Test
    void cultivation_serves_where_a_sample_is_good_enough() throws EstimateFailure {
        var counts = new LogicalCounts(10, 10_000, 0, 0, 0, 0, 0);

        ResourceEstimate estimate = one(counts, "'factories': 'cultivation'");

        ResourceEstimate.Magic magic = estimate.magic().orElseThrow();
        assertEquals(454, magic.factory().qubits() - 9);
        assertTrue(magic.factory().outputError() <= 0.5e-3 / 10_000);
        EstimateFailure none =
                assertThrows(
                        EstimateFailure.class,
                        () ->
                                one(
                                        counts,
                                        "'factories': 'cultivation', 'qubitParams': {'name':"
                                                + " 'qubit_gate_ns_e4'}"));
        assertEquals(EstimateRule.FACTORY, none.rule());
    }

    @Test
    void majorana_qubits_have_the_digits_of_azure() throws EstimateFailure {
        ResourceEstimate hubbard = one(HUBBARD, FLOQUET);
        String most = "'errorBudget': 0.01, 'constraints': {'maxPhysicalQubits': 4923120}, ";
        ResourceEstimate chemistry = one(CHEMISTRY, most + FLOQUET);
        ResourceEstimate free = one(CHEMISTRY, "'errorBudget': 0.01, " + FLOQUET);

        assertEquals(5, hubbard.qubit().distance());
        assertEquals(33_934_500, hubbard.runtimeNanos());
        assertEquals(19_904, hubbard.physicalQubits());
        assertEquals(2740, chemistry.patches());
        assertEquals(266_172_890_508L, chemistry.cycles());
        assertEquals(9, chemistry.qubit().distance());
        assertEquals(231, chemistry.magic().orElseThrow().copies());
        assertEquals(4_906_960, chemistry.physicalQubits());
        assertEquals(718_666_804_371_600L, chemistry.runtimeNanos());
        assertEquals(14, free.magic().orElseThrow().copies());
        assertEquals(1_296_080, free.physicalQubits());
    }

    /// Section 3.1; the rate required for a patch is the budget over patches times cycles.
    @ParameterizedTest
    @CsvSource({
        "e3, 1e-6, 9", "e3, 1e-9, 15", "e3, 1e-12, 21", "e3, 1e-15, 27",
        "e4, 1e-6, 5", "e4, 1e-9, 7", "e4, 1e-12, 11", "e4, 1e-15, 13",
    })
    void the_distance_is_the_least_that_suffices(String qubit, double required, int distance)
            throws EstimateFailure {
        var counts = new LogicalCounts(1, 0, 0, 0, 0, 0, 1);
        double budget = required * counts.patches();
        String fields =
                "'qubitParams': {'name': 'qubit_gate_ns_%s'}, 'errorBudget': %s"
                        .formatted(qubit, budget);

        assertEquals(distance, one(counts, fields).qubit().distance());
    }

    /// Section 3.3, from arXiv:1808.02892: tiles and steps of its three blocks.
    @Test
    void data_blocks_have_the_published_sizes() {
        assertEquals(153, QubitLayout.COMPACT.tiles(100));
        assertEquals(204, QubitLayout.INTERMEDIATE.tiles(100));
        assertEquals(230, QubitLayout.FAST.tiles(100));
        assertEquals(72, QubitLayout.FAST.tiles(28));
        assertEquals(9, QubitLayout.COMPACT.stepsPerT());
        assertEquals(5, QubitLayout.INTERMEDIATE.stepsPerT());
        assertEquals(1, QubitLayout.FAST.stepsPerT());
    }

    @Test
    void constraints_are_kept_to() throws EstimateFailure {
        ResourceEstimate free = one(HUBBARD, "");
        ResourceEstimate few = one(HUBBARD, "'constraints': {'maxPhysicalQubits': 100000}");
        ResourceEstimate slow = one(HUBBARD, "'constraints': {'maxDuration': '1 s'}");
        ResourceEstimate one = one(HUBBARD, "'constraints': {'maxTFactories': 1}");
        ResourceEstimate deep = one(HUBBARD, "'constraints': {'logicalDepthFactor': 2.0}");

        assertTrue(few.physicalQubits() <= 100_000);
        assertTrue(few.runtimeNanos() > free.runtimeNanos());
        assertTrue(slow.runtimeNanos() <= 1_000_000_000);
        assertTrue(slow.physicalQubits() < free.physicalQubits());
        assertEquals(1, one.magic().orElseThrow().copies());
        assertTrue(one.cycles() > free.cycles());
        assertEquals(2 * free.cycles(), deep.cycles());
    }

    @Test
    void nothing_on_the_frontier_is_beaten_by_anything_on_it() throws EstimateFailure {
        List<ResourceEstimate> frontier =
                Estimator.estimates(HUBBARD, job("'estimateType': 'frontier'"));

        assertTrue(frontier.size() > 5);
        for (int i = 1; i < frontier.size(); i++) {
            ResourceEstimate before = frontier.get(i - 1);
            ResourceEstimate here = frontier.get(i);
            assertTrue(before.runtimeNanos() < here.runtimeNanos());
            assertTrue(before.physicalQubits() > here.physicalQubits());
        }
        assertEquals(one(HUBBARD, "").runtimeNanos(), frontier.getFirst().runtimeNanos());
    }

    /// The numbers of points of microsoft/qdk, tests build_frontier_test and
    /// build_frontier_bit_flip_code_test; and what is on it with all its copies.
    @Test
    void the_frontier_has_the_points_of_azure() throws EstimateFailure {
        String slow = "'qubitParams': {'name': 'qubit_gate_us_e3'}, 'estimateType': 'frontier'";
        var bitFlip = new LogicalCounts(5, 0, 1, 1, 0, 0, 3);

        assertEquals(189, Estimator.estimates(ISING, job(slow)).size());
        assertEquals(
                10,
                Estimator.estimates(bitFlip, job("'estimateType': 'frontier', " + FLOQUET)).size());
    }

    @Test
    void a_program_without_magic_states_needs_no_factory() throws EstimateFailure {
        ResourceEstimate estimate = one(new LogicalCounts(10, 0, 0, 0, 0, 0, 100), "");

        assertEquals(Optional.empty(), estimate.magic());
        assertEquals(new ErrorBudget(0.001, 0, 0), estimate.budget());
        assertEquals(estimate.programQubits(), estimate.physicalQubits());
    }

    /// Blocks of several logical qubits: 72 patches are 6 blocks of 12.
    @Test
    void a_block_code_holds_the_program_and_a_surface_code_distils() throws EstimateFailure {
        CodeProfile twoGross = ProfileFile.shipped("two-gross").orElseThrow();
        byte[] json = "{}".getBytes(StandardCharsets.UTF_8);
        var read = (JobParameters.Reading.Ok) JobParameters.read(json, Optional.of(twoGross));

        ResourceEstimate estimate = Estimator.estimates(HUBBARD, read.jobs().getFirst()).getFirst();

        assertEquals(6 * 2 * 288, estimate.programQubits());
        assertEquals(216 * 100, estimate.qubit().cycleNanos());
        assertEquals(216 / 8 * 8.20e-21, estimate.qubit().error(), 1e-30);
        assertEquals("surface-gate", read.jobs().getFirst().magicProfile().name());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "BUDGET; 'errorBudget': 1.5",
                "BUDGET; 'errorBudget': {'logical': 0.001, 'tStates': 0, 'rotations': 0.001}",
                "DEPTH_FACTOR; 'constraints': {'logicalDepthFactor': 0.5}",
                "DISTANCE; 'errorBudget': 1e-30",
                "DURATION; 'constraints': {'maxDuration': '1 ms'}",
                "QUBITS; 'constraints': {'maxPhysicalQubits': 1000}",
                "CONSTRAINTS; 'constraints': {'maxPhysicalQubits': 1000, 'maxDuration': '1 s'}",
                "CONSTRAINTS; 'estimateType': 'frontier', 'constraints': {'maxTFactories': 3}",
                "INSTRUCTIONS; 'qecScheme': {'name': 'floquet_code'}",
                "THRESHOLD; 'qubitParams': {'name': 'qubit_gate_ns_e3', 'idleErrorRate': 0.02}",
                "RATE; 'qecScheme': {'name': 'shyps-961'}",
                "FORMULA; 'qecScheme': {'name': 'surface_code', 'logicalCycleTime':"
                        + " 'codeDistance-9'}",
                "FACTORY; 'qubitParams': {'name': 'qubit_gate_ns_e3', 'tGateErrorRate': 0.2}",
            })
    void what_cannot_be_estimated_is_told(EstimateRule rule, String fields) {
        JobParameters job = job(fields);

        var failure =
                assertThrows(
                        EstimateFailure.class, () -> Estimator.estimates(HUBBARD, job), fields);

        assertEquals(rule, failure.rule(), fields);
    }

    @Test
    void a_program_of_nothing_and_one_too_large_are_told() {
        JobParameters job = job("");
        var nothing = new LogicalCounts(5, 0, 0, 0, 0, 0, 0);
        long most = LogicalCounts.COUNT_MAX;
        var huge = new LogicalCounts(most, most, 0, 0, most, most, most);

        assertEquals(EstimateRule.NOTHING, rule(nothing, job));
        assertEquals(EstimateRule.SIZE, rule(huge, job));
    }

    private static EstimateRule rule(LogicalCounts counts, JobParameters job) {
        return assertThrows(EstimateFailure.class, () -> Estimator.estimates(counts, job)).rule();
    }
}
