package org.qmk.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QecCommandTest {

    @TempDir private Path folder;

    @BeforeEach
    void generate() {
        String line =
                "qec gen --code surface_code --task rotated_memory_z --distance 3 --rounds 3"
                        + " --after-clifford-depolarization 0.01 -o memory.stim";
        assertEquals(ExitCode.DONE, run(line).exitCode());
    }

    private Invocation run(String line) {
        return Invocation.in(folder, line.split(" "));
    }

    @Test
    void shots_of_a_model_are_what_its_errors_flip() throws IOException {
        Files.writeString(
                folder.resolve("m.dem"), "error(0.5) D0 L0\nerror(1) D1\nerror(0) D0 D1\n");

        var sampled =
                run(
                        "qec sample_dem m.dem --shots 200 --seed 5 -o d --obs-out o --err-out e"
                                + " --err-out-format hits");

        assertEquals(ExitCode.DONE, sampled.exitCode(), sampled.err());
        List<String> detectors = Files.readAllLines(folder.resolve("d"));
        List<String> observables = Files.readAllLines(folder.resolve("o"));
        List<String> errors = Files.readAllLines(folder.resolve("e"));
        assertEquals(200, detectors.size());
        for (int shot = 0; shot < 200; shot++) {
            boolean first = observables.get(shot).equals("1");
            assertEquals(first ? "11" : "01", detectors.get(shot));
            assertEquals(first ? "0,1" : "1", errors.get(shot));
        }
        assertTrue(observables.contains("0") && observables.contains("1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"01", "b8", "r8", "ptb64", "hits", "dets"})
    void detection_events_are_those_of_the_measurements_in_every_format(String format)
            throws IOException {
        run("qec sample memory.stim --shots 128 --seed 3 -o m --out-format " + format);
        var converted =
                run(
                        "qec m2d m --circuit memory.stim --append-observables -o d.b8 --in-format "
                                + format
                                + " --out-format b8");
        run("qec m2d m --circuit memory.stim -o e --obs-out o --in-format " + format);

        assertEquals(ExitCode.DONE, converted.exitCode(), converted.err());
        byte[] both = Files.readAllBytes(folder.resolve("d.b8"));
        List<String> detectors = Files.readAllLines(folder.resolve("e"));
        List<String> observables = Files.readAllLines(folder.resolve("o"));
        assertEquals(128, detectors.size());
        assertEquals(128 * 4, both.length);
        for (int shot = 0; shot < 128; shot++) {
            String bits = detectors.get(shot) + observables.get(shot);
            assertEquals(25, bits.length());
            for (int bit = 0; bit < 25; bit++) {
                int expected = both[4 * shot + bit / 8] >> bit % 8 & 1;
                assertEquals(expected, bits.charAt(bit) - '0', "shot " + shot + ", bit " + bit);
            }
        }
    }

    @Test
    void the_number_of_threads_changes_nothing() throws IOException {
        run("qec detect memory.stim --shots 5000 --seed 3 --threads 1 -o one --out-format b8");
        run("qec detect memory.stim --shots 5000 --seed 3 --threads 3 -o two --out-format b8");

        assertArrayEquals(
                Files.readAllBytes(folder.resolve("one")),
                Files.readAllBytes(folder.resolve("two")));
    }

    @Test
    void a_model_has_the_detectors_of_the_circuit() {
        var model = run("qec dem memory.stim --decompose-errors");

        assertEquals(ExitCode.DONE, model.exitCode(), model.err());
        assertTrue(model.out().contains(" ^ "), model.out());
        assertTrue(model.out().contains("detector(4, 4, 1) D22\n"), model.out());
    }

    @Test
    void mistakes_are_said_with_their_place_and_code() throws IOException {
        Files.writeString(folder.resolve("bad.stim"), "H 0\nCX 1 1\n");
        Files.writeString(folder.resolve("random.stim"), "H 0\nM 0\nDETECTOR rec[-1]\n");

        var syntax = run("qec dem bad.stim");
        var random = run("qec dem random.stim");
        var code = run("qec gen --code none --task memory --distance 3 --rounds 3");

        assertEquals(ExitCode.FAILED, syntax.exitCode());
        assertTrue(syntax.err().contains("QEC-CIRCUIT-2: line 2, column 1"), syntax.err());
        assertEquals(ExitCode.FAILED, random.exitCode());
        assertTrue(random.err().contains("QEC-ANALYSIS-1"), random.err());
        assertEquals(ExitCode.USAGE, code.exitCode());
    }

    @Test
    void a_circuit_without_noise_runs_as_a_program() throws IOException {
        Files.writeString(folder.resolve("bell.stim"), "H 0\nCX 0 1\nM 0 1\n");

        var good = run("run bell.stim --shots 100 --seed 1 --format csv");
        var noisy = run("run memory.stim");

        assertEquals(ExitCode.DONE, good.exitCode(), good.err());
        assertTrue(good.out().contains("\n00,"), good.out());
        assertTrue(good.out().contains("\n11,"), good.out());
        assertEquals(ExitCode.FAILED, noisy.exitCode());
        assertTrue(noisy.err().contains("QMK-SOURCE-6"), noisy.err());
    }
}
