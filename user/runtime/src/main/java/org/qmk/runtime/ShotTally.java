package org.qmk.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.qmk.device.EpochPlan;
import org.qmk.device.EpochReport;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Operand;

/// Counts the results of one job's shots, wave by wave, from what the device is told and reports.
///
/// A wave counts when all its nodes were carried out and all its outcomes came; what was broken
/// off, or lost, runs again and counts then.
public final class ShotTally {

    private final Graph graph;
    private final int events;
    private final int[] outputs;
    private final Map<String, long[]> counts = new HashMap<>();

    /// By event: its plane in the wave that runs.
    private final Map<Integer, EpochReport.Outcome> planes = new HashMap<>();

    private int waveShots;

    /// Nodes of the wave that were carried out, and those of them in this epoch.
    private int issued;

    private int issuedNow;

    private long shotsDone;

    public ShotTally(Graph graph) {
        this.graph = graph;
        outputs = new int[graph.outputs().size()];
        for (int i = 0; i < outputs.length; i++) outputs[i] = graph.outputEvent(i);
        int made = 0;
        for (int node = 0; node < graph.size(); node++) {
            made += graph.count(node, Operand.Kind.OUTPUT);
        }
        events = made;
    }

    /// A wave begins.
    public void begin(EpochPlan.Start start) {
        planes.clear();
        waveShots = start.shots();
        issued = 0;
    }

    /// An epoch carries out, or takes back, some of the wave.
    public void issue(EpochPlan.Issue issue) {
        issuedNow = issue.undo() ? -issue.size() : issue.size();
        issued += issuedNow;
    }

    /// What the epoch was to carry out did not happen.
    public void rollBack() {
        issued -= issuedNow;
        issuedNow = 0;
    }

    public void take(EpochReport.Outcome outcome) {
        planes.put(outcome.event(), outcome);
    }

    /// Ends the wave, and counts it if it is whole.
    ///
    /// @param lost whether the device lost it in its last epoch
    public void endWave(boolean lost) {
        if (!lost && issued == graph.size() && planes.size() == events) count();
        waveShots = 0;
        planes.clear();
    }

    private void count() {
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
        shotsDone += waveShots;
    }

    /// Shots that were counted.
    public long shotsDone() {
        return shotsDone;
    }

    /// The names of the bits of a key, left to right.
    public List<String> bits() {
        List<String> bits = new ArrayList<>();
        for (int i = 0; i < graph.outputs().size(); i++) bits.add(graph.outputs().name(i));
        return bits;
    }

    /// How often each result was seen, by result.
    public TreeMap<String, Long> counts() {
        TreeMap<String, Long> sorted = new TreeMap<>();
        counts.forEach((key, count) -> sorted.put(key, count[0]));
        return sorted;
    }
}
