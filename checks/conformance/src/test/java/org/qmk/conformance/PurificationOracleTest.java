package org.qmk.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.qmk.device.BellPair;
import org.qmk.device.Purification;

/// Purification gives the numbers of the oracle file, to the last digit that is printed there.
final class PurificationOracleTest {

    /// Half of the ninth digit after the point, which is the last.
    private static final double PRINTED = 0.5e-9;

    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?([eE][-+]?\\d+)?");

    @Test
    void bbpssw_gives_every_row_of_the_oracle() throws IOException {
        List<Double> rows = numbers("bbpssw");
        assertEquals(4 * 3, rows.size());

        for (int i = 0; i < rows.size(); i += 3) {
            BellPair raw = Purification.BBPSSW.reached(i / 3, rows.getFirst()).pair();
            Purification.Round round = Purification.BBPSSW.round(raw);

            assertEquals(rows.get(i), raw.fidelity(), PRINTED);
            assertEquals(rows.get(i + 1), round.pair().fidelity(), PRINTED);
            assertEquals(rows.get(i + 2), round.success(), PRINTED);
        }
    }

    @Test
    void dejmps_gives_every_row_of_the_oracle() throws IOException {
        List<Double> rows = numbers("dejmps_from_werner_0.9");
        assertEquals(4 * 5, rows.size());

        for (int i = 0; i < rows.size(); i += 5) {
            Purification.Round round =
                    Purification.DEJMPS.round(Purification.DEJMPS.reached(i / 5, 0.9).pair());

            assertEquals(rows.get(i), round.pair().fidelity(), PRINTED);
            assertEquals(rows.get(i + 1), round.pair().psiMinus(), PRINTED);
            assertEquals(rows.get(i + 2), round.pair().psiPlus(), PRINTED);
            assertEquals(rows.get(i + 3), round.pair().phiMinus(), PRINTED);
            assertEquals(rows.get(i + 4), round.success(), PRINTED);
        }
    }

    @Test
    void teleportation_gives_the_mean_fidelity_of_the_oracle() throws IOException {
        Matcher row =
                Pattern.compile("Teleport mean fidelity \\(2F\\+1\\)/3: (\\.\\d+)→(\\.\\d+)\\.")
                        .matcher(Files.readString(oracle("oracles.md")));
        assertTrue(row.find(), "oracles.md has the row");

        double fidelity = BellPair.werner(Double.parseDouble(row.group(1))).teleportFidelity();

        assertEquals(Double.parseDouble(row.group(2)), fidelity, 0.5e-5);
    }

    /// All numbers of one entry of the oracle file, in their order.
    private static List<Double> numbers(String key) throws IOException {
        Matcher entry =
                Pattern.compile("\"" + Pattern.quote(key) + "\"\\s*:\\s*\\{([^}]*)\\}")
                        .matcher(Files.readString(oracle("oracles.json")));
        assertTrue(entry.find(), () -> "oracles.json has " + key);
        List<Double> numbers = new ArrayList<>();
        Matcher number = NUMBER.matcher(entry.group(1));
        while (number.find()) numbers.add(Double.valueOf(number.group()));
        return numbers;
    }

    private static Path oracle(String name) {
        Path file = Repository.root().resolve("../shared/oracles").resolve(name).normalize();
        Assumptions.assumeTrue(
                Files.isRegularFile(file), "skipped: ../shared/oracles/" + name + " is missing");
        return file;
    }
}
