package org.qmk.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.qmk.kernel.call.Terms;

/// A tenant as the world knows it.
final class TenantTrack {

    final int number;
    Terms terms;
    int jobs;
    long tickets;

    /// Blocks of its waves, those that its waves move to included.
    long blocks;

    /// Live capabilities that it pays for.
    int paid;

    /// By slot: the generation that was given last.
    final List<Integer> generations = new ArrayList<>();

    /// Open sessions: by number, what each holds by slot.
    final TreeMap<Integer, TreeMap<Integer, CapabilityTrack>> sessions = new TreeMap<>();

    /// Operations of the saturated part of a run.
    long operations;

    TenantTrack(int number, Terms terms) {
        this.number = number;
        this.terms = terms;
    }
}
