package org.qmk.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.qmk.device.EpochPlan;
import org.qmk.device.EpochReport;
import org.qmk.device.JobId;
import org.qmk.qvm.Graph;

/// Counts the results of one job's shots, wave by wave, from what the device reports.
final class ShotTally {

    private final Graph graph;
    private final JobId job;
    private final int[] outputs;
    private final Map<String, long[]> counts = new HashMap<>();

    /// By event: its plane in the wave that runs.
    private final Map<Integer, EpochReport.Outcome> planes = new HashMap<>();

    private int waveShots;

    ShotTally(JobId job, Graph graph) {
        this.job = job;
        this.graph = graph;
        outputs = new int[graph.outputs().size()];
        for (int i = 0; i < outputs.length; i++) outputs[i] = graph.outputEvent(i);
    }

    /// Notes one epoch of the device.
    void add(EpochPlan plan, EpochReport report) {
        for (EpochPlan.Start start : plan.starts()) {
            if (!start.job().equals(job)) continue;
            planes.clear();
            waveShots = start.shots();
        }
        for (EpochReport.Outcome outcome : report.outcomes()) {
            if (outcome.job().equals(job)) planes.put(outcome.event(), outcome);
        }
    }

    /// Counts the wave that ran, which is over, and returns its number of shots.
    int closeWave() {
        EpochReport.Outcome[] columns = new EpochReport.Outcome[outputs.length];
        for (int i = 0; i < outputs.length; i++) columns[i] = planes.get(outputs[i]);
        char[] key = new char[outputs.length];
        for (int shot = 0; shot < waveShots; shot++) {
            for (int i = 0; i < key.length; i++) {
                boolean one = (columns[i].word(shot >>> 6) >>> shot & 1) != 0;
                key[i] = one ? '1' : '0';
            }
            counts.computeIfAbsent(new String(key), _ -> new long[1])[0]++;
        }
        int counted = waveShots;
        waveShots = 0;
        return counted;
    }

    /// The names of the bits of a key, left to right.
    List<String> bits() {
        List<String> bits = new ArrayList<>();
        for (int i = 0; i < graph.outputs().size(); i++) bits.add(graph.outputs().name(i));
        return bits;
    }

    /// How often each result was seen, by result.
    TreeMap<String, Long> counts() {
        TreeMap<String, Long> sorted = new TreeMap<>();
        counts.forEach((key, count) -> sorted.put(key, count[0]));
        return sorted;
    }
}
