package org.qmk.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GrowthReportTest {

    @Test
    void every_kind_of_work_is_measured_at_every_size() throws IOException {
        List<Growth.Samples> all = new ArrayList<>(Growth.of(10, 40));
        all.addAll(Growth.of(100, 40));

        List<String> lines = GrowthReport.csv(all).lines().toList();

        assertEquals(1 + 2 * Growth.Work.values().length, lines.size());
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",");
            double median = Double.parseDouble(cells[2]);
            assertTrue(median > 0 && median <= Double.parseDouble(cells[3]), line);
            assertEquals("40", cells[4], line);
        }
        assertEquals(2 * Growth.Work.values().length, GrowthReport.plot(all).curves().size());
    }

    @Test
    void percentiles_are_samples() {
        var samples =
                new Growth.Samples(Growth.Work.DECIDE, 10, new long[] {4000, 1000, 3000, 2000});

        assertEquals(2, samples.micros(50));
        assertEquals(4, samples.micros(99));
    }

    @Test
    void the_section_takes_the_place_of_the_one_before() {
        String page = GrowthReport.with("# Page\n\ntext\n", "## Growth\none\n");
        assertEquals("# Page\n\ntext\n\n## Growth\none\n", page);
        assertEquals(
                "# Page\n\ntext\n\n## Growth\ntwo\n", GrowthReport.with(page, "## Growth\ntwo\n"));

        String followed = page + "\n## More\nmore\n";
        assertEquals(
                "# Page\n\ntext\n\n## Growth\ntwo\n\n## More\nmore\n",
                GrowthReport.with(followed, "## Growth\ntwo\n"));
    }
}
