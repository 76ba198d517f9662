package org.qmk.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `qmk qec decode`, `memory` and `threshold`.
final class QecCountingTest {

    private static final String HEADER =
            "shots,errors,discards,seconds,decoder,strong_id,json_metadata,custom_counts";

    private static final String SURFACE =
            " --code surface_code --task rotated_memory_z --noise stim --seed 3 ";

    @TempDir private Path folder;

    private Invocation run(String line) {
        return Invocation.in(folder, line.split(" +"));
    }

    private void generate() {
        run("qec gen" + SURFACE.replace(" --seed 3", "") + "-d 3 -r 3 --p 0.01 -o m.stim");
        run("qec dem m.stim --decompose-errors -o m.dem");
        run("qec dem m.stim -o whole.dem");
    }

    /// Shots, errors of a row without its seconds.
    private static String counts(String row) {
        return row.replaceFirst("^(\\d+,\\d+,0),[0-9.]+,", "$1,");
    }

    @ParameterizedTest
    @CsvSource({
        "01,b8,matching",
        "b8,r8,correlated",
        "r8,hits,union-find",
        "hits,dets,matching",
        "dets,ptb64,matching",
        "ptb64,01,matching"
    })
    void predictions_are_mostly_right_in_every_format(String in, String out, String decoder)
            throws IOException {
        generate();
        String shots = "qec detect m.stim --shots 1280 --seed 5 ";
        run(shots + "-o e --obs-out actual --out-format " + in);
        run(shots + "-o plain --obs-out actual");

        String decode = " --dem m.dem --decoder " + decoder;
        var first =
                run("qec decode e -o p" + decode + " --in-format " + in + " --out-format " + out);
        run("qec decode plain -o q" + decode);

        assertEquals(ExitCode.DONE, first.exitCode(), first.err());
        List<String> actual = Files.readAllLines(folder.resolve("actual"));
        List<String> predicted = Files.readAllLines(folder.resolve("q"));
        assertEquals(1280, predicted.size());
        int wrong = 0;
        for (int i = 0; i < 1280; i++) if (!actual.get(i).equals(predicted.get(i))) wrong++;
        assertTrue(wrong > 40 && wrong < 130, wrong + " of 1280");
        run("qec decode plain -o r" + decode + " --out-format " + out);
        assertArrayEquals(
                Files.readAllBytes(folder.resolve("r")), Files.readAllBytes(folder.resolve("p")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bposd", "relay"})
    void belief_propagation_takes_a_model_that_is_not_decomposed(String decoder) {
        generate();
        run("qec detect m.stim --shots 100 --seed 5 -o e");

        var decoded = run("qec decode e --dem whole.dem --decoder " + decoder);

        assertEquals(ExitCode.DONE, decoded.exitCode(), decoded.err());
        assertEquals(100, decoded.outLines().size());
        var refused = run("qec decode e --dem whole.dem");
        assertEquals(ExitCode.FAILED, refused.exitCode());
        assertTrue(refused.err().contains("whole.dem: QEC-ANALYSIS-4"), refused.err());
    }

    @Test
    void events_that_nothing_explains_and_broken_files_are_refused() throws IOException {
        Files.writeString(folder.resolve("m.dem"), "error(0.1) D0 D1 L0\n");
        Files.writeString(folder.resolve("odd"), "11\n10\n");
        Files.writeString(folder.resolve("short"), "1\n");

        var odd = run("qec decode odd --dem m.dem");
        var broken = run("qec decode short --dem m.dem");

        assertEquals(ExitCode.FAILED, odd.exitCode());
        assertTrue(odd.err().contains("odd: 1 detection events cannot be matched"), odd.err());
        assertEquals(ExitCode.FAILED, broken.exitCode());
        assertTrue(broken.err().contains("short: QEC-RESULT-1"), broken.err());
    }

    @Test
    void counts_of_a_file_and_of_its_options_are_the_same_on_any_number_of_threads() {
        generate();

        var one = run("qec memory m.stim --seed 3 --threads 1 --shots-max 5000 --format csv");
        var two =
                run(
                        "qec memory -d 3 -r 3 --p 0.01 --threads 2 --shots-max 5000 --format csv"
                                + SURFACE);

        assertEquals(ExitCode.DONE, one.exitCode(), one.err());
        assertEquals(ExitCode.DONE, two.exitCode(), two.err());
        assertEquals(HEADER, one.outLines().getFirst());
        String row = one.outLines().get(1);
        assertTrue(row.startsWith("5000,"), row);
        assertTrue(row.endsWith(",\"{\"\"path\"\":\"\"m.stim\"\"}\","), row);
        String other = two.outLines().get(1);
        assertTrue(
                other.endsWith(
                        ",\"{\"\"c\"\":\"\"surface_code:rotated_memory_z\"\",\"\"d\"\":3,"
                                + "\"\"r\"\":3,\"\"p\"\":0.01,\"\"noise\"\":\"\"stim\"\"}\","),
                other);
        String counts = row.split(",")[1];
        assertEquals(counts, other.split(",")[1]);
        assertTrue(Integer.parseInt(counts) > 200, counts);
        assertEquals("", one.err(), "no progress where no terminal is");
    }

    @Test
    void counting_stops_early_and_is_added_to_a_file() throws IOException {
        generate();
        String line = "qec memory m.stim --seed 3 --errors-max 100 --save all.csv";

        var table = run(line);
        var csv = run(line + " --format csv");

        assertEquals(ExitCode.DONE, table.exitCode(), table.err());
        assertTrue(table.outLines().getFirst().contains("95 % interval (Wilson)"), table.out());
        assertTrue(table.outLines().get(1).matches("m\\.stim +2,048 .*"), table.out());
        List<String> saved = Files.readAllLines(folder.resolve("all.csv"));
        assertEquals(3, saved.size());
        assertEquals(HEADER, saved.getFirst());
        assertTrue(saved.get(1).startsWith("2048,"), saved.get(1));
        assertEquals(csv.outLines().get(1), saved.get(2));
        assertEquals(counts(saved.get(1)), counts(saved.get(2)));
    }

    @Test
    void a_threshold_is_where_curves_cross() throws IOException {
        var sweep =
                run(
                        "qec threshold -d 3,5 --p 0.003,0.02 --shots-max 6000 --format csv"
                                + " --plot t.svg"
                                + SURFACE);

        assertEquals(ExitCode.DONE, sweep.exitCode(), sweep.err());
        assertEquals(5, sweep.outLines().size());
        assertEquals(HEADER, sweep.outLines().getFirst());
        assertTrue(sweep.err().contains("d = 3 and d = 5 cross at p = 0.0"), sweep.err());
        String svg = Files.readString(folder.resolve("t.svg"));
        assertTrue(svg.contains(">d = 3<") && svg.contains(">d = 5<"), svg);
        assertTrue(svg.contains("bar hue1"), svg);
        var low = run("qec threshold -d 3,5 --p 0.003,0.004 --shots-max 6000" + SURFACE);
        assertTrue(low.err().contains("do not cross at these p"), low.err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "qec memory",
                "qec memory m.stim --code surface_code",
                "qec memory --code surface_code --task rotated_memory_z -d 3",
                "qec memory m.stim --detectors kept",
                "qec memory m.stim --decoder best",
                "qec memory m.stim --shots-max 0",
                "qec memory m.stim --errors-max many",
                "qec memory --code shyps --task memory_z -d 3 -r 2 --p 0.1 --noise stim",
                "qec threshold --code shyps --task memory_z -d 3 --p 0.01",
                "qec memory --code surface_code --task rotated_memory_z -d 3 -r 3 --p 0.1"
                        + " --detectors kept",
                "qec memory --code distillation --task 15_to_1 -d 3 -r 1 --p 0.1 --noise si1000",
                "qec threshold --code surface_code --task rotated_memory_z -d 5,3 --p 0.01",
                "qec threshold --code surface_code --task rotated_memory_z -d 3 --p 0,0.1",
                "qec threshold --code surface_code --task rotated_memory_z -d 3 --p 0.1,",
                "qec threshold --code surface_code --task rotated_memory_z -d 3,4,5,6,7,8 --p 0.1",
                "qec decode e",
                "qec decode e --dem m.dem --in-format xml",
                "qec decode e --dem m.dem --decoder postselect"
            })
    void bad_options_are_refused(String line) {
        generate();

        var refused = run(line);

        assertEquals(ExitCode.USAGE, refused.exitCode(), refused.err());
        assertFalse(refused.err().isBlank());
    }

    @Test
    void states_that_do_not_pass_distillation_are_discarded() {
        String line =
                "qec memory --code distillation --task 15_to_1 -d 3 -r 1 --p 0.1 --seed 3"
                        + " --decoder postselect --shots-max 20000";

        var table = run(line);
        var csv = run(line + " --format csv");

        assertEquals(ExitCode.DONE, table.exitCode(), table.err());
        assertTrue(table.outLines().getFirst().contains("discarded"), table.out());
        String[] row = csv.outLines().get(1).split(",");
        // By the law 0.780 of the states do not pass, and 0.048 of those that do are wrong.
        double discarded = Integer.parseInt(row[2]);
        assertEquals(0.78, discarded / 20_000, 0.03);
        assertEquals(0.048, Integer.parseInt(row[1]) / (20_000 - discarded), 0.02);
    }

    @Test
    void a_memory_of_the_kept_letter_has_fewer_detectors() {
        String line = "qec gen --code bicycle --task memory_x -d 72 -r 2 --p 0.01";

        var all = run(line);
        var kept = run(line + " --detectors kept");

        assertEquals(36 * 4, all.out().lines().filter(row -> row.startsWith("DETECTOR")).count());
        assertEquals(36 * 3, kept.out().lines().filter(row -> row.startsWith("DETECTOR")).count());
    }

    @Test
    void circuits_that_a_decoder_cannot_take_are_refused_with_a_code() {
        run("qec gen --code shyps --task memory_z -d 3 -r 2 --p 0.01 -o s.stim");

        var refused = run("qec memory s.stim --decoder matching");
        var taken = run("qec memory s.stim --decoder bposd --shots-max 100");

        assertEquals(ExitCode.FAILED, refused.exitCode());
        assertTrue(refused.err().contains("s.stim: QEC-ANALYSIS-"), refused.err());
        assertEquals(ExitCode.DONE, taken.exitCode(), taken.err());
    }
}
