package org.qmk.qec.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.qmk.qec.QecFailure;
import org.qmk.qec.QecRule;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.dem.DetectorErrorModel;
import org.qmk.qec.generate.CssCodes;
import org.qmk.qec.generate.CssMemory;
import org.qmk.qec.generate.Distillation;
import org.qmk.qec.generate.LayerNoise;
import org.qmk.qec.generate.MemoryNoise;
import org.qmk.qec.generate.NoisePass;
import org.qmk.qec.generate.SurfaceMemory;
import org.qmk.qec.result.ShotRows;

class MemoryExperimentTest {

    private static Circuit surface(int distance, double chance) throws QecFailure {
        return SurfaceMemory.rotatedZ(distance, distance, MemoryNoise.uniform(chance));
    }

    private static MemoryTally run(Circuit circuit, DecoderKind kind, long shots, long errors)
            throws QecFailure {
        var experiment = MemoryExperiment.of(circuit, kind);
        return experiment.run(new MemoryLimits(shots, errors), 7, 2, _ -> {});
    }

    /// Rates measured with Stim and PyMatching, per round (oracles, section 3.1). Deviations of
    /// both sides count; those of the oracle are said to be 7 % at p = 0.001 and are taken as 3 %
    /// elsewhere.
    @ParameterizedTest
    @CsvSource({
        "0.001, 3, 2.66e-4, 0.07, 400000",
        "0.002, 3, 1.01e-3, 0.03, 100000",
        "0.002, 5, 1.88e-4, 0.03, 200000",
        "0.005, 3, 5.83e-3, 0.03, 40000",
        "0.005, 5, 2.86e-3, 0.03, 40000",
        "0.005, 7, 1.37e-3, 0.03, 40000"
    })
    void matching_fails_as_often_as_the_peer(
            double chance, int distance, double expected, double deviation, long shots)
            throws QecFailure {
        MemoryTally tally = run(surface(distance, chance), DecoderKind.MATCHING, shots, shots);

        assertEquals(shots, tally.shots());
        double found = MemoryTally.perRound(tally.rate(), distance);
        double three = 3 * Math.sqrt(1.0 / tally.errors() + deviation * deviation);
        assertEquals(1, found / expected, three, tally + " is " + found + " per round");
    }

    @ParameterizedTest
    @EnumSource(value = DecoderKind.class, mode = EnumSource.Mode.EXCLUDE, names = "POSTSELECT")
    void every_decoder_is_wrong_about_as_often_and_threads_change_nothing(DecoderKind kind)
            throws QecFailure {
        var experiment = MemoryExperiment.of(surface(3, 0.01), kind);
        var limits = new MemoryLimits(4_000, 1 << 20);

        MemoryTally one = experiment.run(limits, 3, 1, _ -> {});
        MemoryTally three = experiment.run(limits, 3, 3, _ -> {});

        assertEquals(4_000, one.shots());
        assertEquals(one.errors(), three.errors());
        assertTrue(one.rate() > 0.04 && one.rate() < 0.09, one.toString());
        assertTrue(one.seconds() > 0);
    }

    @Test
    void counting_stops_behind_the_batch_with_enough_errors_on_any_number_of_threads()
            throws QecFailure {
        var experiment = MemoryExperiment.of(surface(3, 0.01), DecoderKind.MATCHING);
        var limits = new MemoryLimits(1 << 20, 150);
        List<MemoryTally> seen = new ArrayList<>();

        MemoryTally one = experiment.run(limits, 5, 1, seen::add);
        MemoryTally two = experiment.run(limits, 5, 2, _ -> {});

        assertEquals(one, seen.getLast());
        assertTrue(one.errors() >= 150 && seen.get(seen.size() - 2).errors() < 150);
        assertEquals(one.shots(), two.shots());
        assertEquals(one.errors(), two.errors());
        assertEquals(1024L * seen.size(), one.shots());
    }

    @Test
    void a_code_of_several_observables_is_decoded_by_belief_propagation() throws QecFailure {
        Circuit quiet = CssMemory.of(CssCodes.shyps(3), false, 2);
        Circuit circuit = NoisePass.apply(quiet, LayerNoise.uniform(0.001));

        MemoryTally bposd = run(circuit, DecoderKind.BPOSD, 2_000, 2_000);
        MemoryTally relay = run(circuit, DecoderKind.RELAY, 2_000, 2_000);

        assertEquals(9, circuit.observables());
        assertTrue(bposd.errors() > 0 && bposd.rate() < 0.05, bposd.toString());
        assertTrue(relay.errors() > 0 && relay.rate() < 0.05, relay.toString());
    }

    /// The rate at which [[72, 12, 6]] is as good as twelve qubits without a code is 0.0048 (Bravyi
    /// and others, arXiv:2308.07915, table 1), counting errors of X and of Z. The bound is 15 % for
    /// other settings of the decoder, and four deviations of about 900 errors.
    @Test
    void a_bicycle_code_breaks_even_where_it_is_known_to() throws QecFailure {
        double perRound = 0;
        for (boolean memoryX : new boolean[] {false, true}) {
            Circuit quiet = CssMemory.bicycle(72, memoryX, 6, CssMemory.Detectors.KEPT);
            Circuit circuit = NoisePass.apply(quiet, LayerNoise.uniform(0.0048));
            MemoryTally tally = run(circuit, DecoderKind.BPOSD, 3_072, 3_072);
            perRound += -Math.expm1(Math.log1p(-tally.rate()) / 6);
        }

        assertEquals(1, perRound / -Math.expm1(12 * Math.log1p(-0.0048)), 0.28);
    }

    /// The formula is exact (Bravyi and Kitaev, arXiv:quant-ph/0403025): 35 p^3 for small p. Four
    /// deviations of the errors counted.
    @ParameterizedTest
    @CsvSource({"0.1", "0.05", "0.02"})
    void states_that_pass_distillation_are_wrong_as_the_law_says(double chance) throws QecFailure {
        Circuit circuit = Distillation.fifteenToOne(3, 1, chance);

        MemoryTally tally = run(circuit, DecoderKind.POSTSELECT, 400_000, 1 << 20);

        double x = 1 - 2 * chance;
        double passing = (1 + 15 * Math.pow(x, 8)) / 16;
        double wrong = (1 - 15 * Math.pow(x, 7) + 15 * Math.pow(x, 8) - Math.pow(x, 15)) / 32;
        double four = 4 / Math.sqrt(400_000 * wrong);
        assertTrue(four < 0.5);
        assertEquals(1, tally.rate() / (wrong / passing), four, tally.toString());
        assertEquals(passing, tally.kept() / 400_000.0, 0.004);
        assertEquals(1, wrong / passing / (35 * Math.pow(chance, 3)), 4 * chance);
    }

    @Test
    void discarded_shots_count_for_no_rate() {
        var tally = new MemoryTally(1_000, 4, 800, 0);

        assertEquals(0.02, tally.rate());
        assertEquals(tally.plus(tally), new MemoryTally(2_000, 8, 1_600, 0));
        assertEquals(new MemoryTally(200, 4, 0).wilson(2), tally.wilson(2));
        assertEquals(0, new MemoryTally(5, 0, 5, 0).rate());
        assertThrows(IllegalArgumentException.class, () -> new MemoryTally(5, 3, 3, 0));
    }

    @Test
    void observables_beyond_the_first_word_are_predicted_by_matching() throws QecFailure {
        var model = DetectorErrorModel.parse("error(0.1) D0 L70\nerror(0.1) D1 L3\n");
        var shots = new ShotRows(2, 64);
        var predictions = new ShotRows(71, 64);
        shots.resize(2);
        shots.flip(0, 0);
        shots.flip(1, 1);

        DecoderKind.MATCHING.decoders(model).get().decode(shots, predictions);

        assertEquals(2, predictions.shots());
        assertTrue(predictions.get(0, 70) && !predictions.get(0, 3));
        assertTrue(predictions.get(1, 3) && !predictions.get(1, 70));
        QecFailure many = assertThrows(QecFailure.class, () -> DecoderKind.BPOSD.decoders(model));
        assertEquals(QecRule.SIZE, many.rule());
    }

    @Test
    void union_find_refuses_parts_of_three_detectors() throws QecFailure {
        var model = DetectorErrorModel.parse("error(0.1) D0 D1 D2 L0\n");

        QecFailure wrong =
                assertThrows(QecFailure.class, () -> DecoderKind.UNION_FIND.decoders(model));

        assertEquals(QecRule.NOT_GRAPHLIKE, wrong.rule());
    }

    /// Values of the formula's usual worked examples.
    @Test
    void an_interval_of_wilson_holds_the_rate_and_is_sound_without_errors() {
        MemoryTally.Interval none = new MemoryTally(1_000, 0, 0).wilson(1.96);
        MemoryTally.Interval some = new MemoryTally(10, 1, 0).wilson(1.96);

        assertEquals(0, none.low());
        assertEquals(1.96 * 1.96 / (1_000 + 1.96 * 1.96), none.high(), 1e-12);
        assertEquals(0.0179, some.low(), 1e-4);
        assertEquals(0.4042, some.high(), 1e-4);
        assertEquals(new MemoryTally.Interval(0, 1), MemoryTally.NONE.wilson(2));
    }

    @Test
    void a_rate_per_round_makes_the_rate_of_all() {
        double rate = MemoryTally.perRound(0.1, 3);

        double flipped = 3 * rate * (1 - rate) * (1 - rate) + rate * rate * rate;
        assertEquals(0.1, flipped, 1e-12);
    }

    @Test
    void sizes_cross_where_their_rates_are_equal() {
        List<Crossing.Pair> pairs = new ArrayList<>();
        for (double chance : new double[] {0.005, 0.008, 0.012, 0.02}) {
            long small = Math.round(1e6 * Math.pow(chance / 0.01, 2) * 0.1);
            long large = Math.round(1e6 * Math.pow(chance / 0.01, 3) * 0.1);
            pairs.add(
                    new Crossing.Pair(
                            chance,
                            new MemoryTally(1_000_000, small, 0),
                            new MemoryTally(1_000_000, large, 0)));
        }

        Crossing crossing = Crossing.of(pairs).orElseThrow();

        assertEquals(0.01, crossing.chance(), 1e-6);
        assertTrue(crossing.deviation() > 0 && crossing.deviation() < 2e-4, crossing.toString());
        assertEquals(Optional.empty(), Crossing.of(pairs.subList(0, 2)));
        assertEquals(Optional.empty(), Crossing.of(pairs.subList(0, 1)));
    }

    @Test
    void a_row_has_the_columns_of_sinter() throws QecFailure {
        Circuit circuit = Circuit.parse("M 0\n");
        var fields = new LinkedHashMap<String, Object>();
        fields.put("d", 3);
        fields.put("path", "a\"b\\\n");

        String metadata = SinterTable.json(fields);
        String row =
                SinterTable.row(
                        new MemoryTally(5, 2, 0.25), circuit, DecoderKind.UNION_FIND, metadata);

        assertEquals("{\"d\":3,\"path\":\"a\\\"b\\\\\\u000a\"}", metadata);
        String id = SinterTable.strongId(circuit, DecoderKind.UNION_FIND, metadata);
        assertEquals(
                "5,2,0,0.250,union-find,"
                        + id
                        + ",\"{\"\"d\"\":3,\"\"path\"\":\"\"a\\\"\"b\\\\\\u000a\"\"}\",\n",
                row);
        assertTrue(id.matches("[0-9a-f]{64}"), id);
        assertTrue(!id.equals(SinterTable.strongId(circuit, DecoderKind.MATCHING, metadata)));
    }

    @Test
    void limits_below_one_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> new MemoryLimits(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new MemoryLimits(1, 0));
    }
}
