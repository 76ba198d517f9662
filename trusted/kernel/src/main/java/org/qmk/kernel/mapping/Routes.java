package org.qmk.kernel.mapping;

import java.util.*;
import java.util.function.IntUnaryOperator;
import org.qmk.device.*;
import org.qmk.qvm.ByteWriter;

/// Which links join two modules, and what a pair over each of them costs.
///
/// A pair between modules without a link of their own is made by entanglement swapping along the
/// route with the fewest links. Of routes with equally many links, the one through the module with
/// the lowest number.
public final class Routes {

    /// The longest chain of purification that is considered.
    public static final int ROUNDS_MAX = 6;

    /// How often a link that has degraded twice gives out pairs.
    private static final int BATCH_EPOCHS = 4;

    private final int modules;

    /// By module and target: the link to take first, or -1.
    private final int[] first;

    private final List<MachineShape.Link> links;

    /// By link: how its pairs are purified.
    private final Purification[] protocols;

    private final int[] rounds;

    public Routes(MachineShape machine) {
        this.modules = machine.modules();
        this.links = machine.links();
        this.first = links.isEmpty() ? new int[0] : firstLinks();
        this.protocols = new Purification[links.size()];
        this.rounds = new int[links.size()];
        Arrays.fill(protocols, Purification.DEJMPS);
    }

    /// Whether there is a route.
    public boolean joined(int from, int to) {
        return from == to || first.length > 0 && first[from * modules + to] >= 0;
    }

    /// Takes what one pair costs from what the links have. A degraded link purifies one round
    /// more; one that degraded further gives out pairs every fourth epoch only; and at the worst
    /// one pair at a time.
    ///
    /// @param level by link: how far it has degraded
    /// @return whether there was enough; if not, nothing is taken
    public boolean take(int from, int to, long[] have, long epoch, IntUnaryOperator level) {
        for (int at = from; at != to; ) {
            int link = first[at * modules + to];
            boolean closed = level.applyAsInt(link) > 1 && epoch % BATCH_EPOCHS != 0;
            if (closed || cost(link, extra(level, link)) > have[link]) return false;
            at = other(link, at);
        }
        for (int at = from; at != to; ) {
            int link = first[at * modules + to];
            have[link] -= cost(link, extra(level, link));
            if (level.applyAsInt(link) > 2) have[link] = 0;
            at = other(link, at);
        }
        return true;
    }

    private static int extra(IntUnaryOperator level, int link) {
        return level.applyAsInt(link) > 0 ? 1 : 0;
    }

    /// Raw pairs, in thousandths, that one delivered pair costs on average.
    public long cost(int link, int extraRounds) {
        int all = Math.min(rounds[link] + extraRounds, ROUNDS_MAX);
        double raw = protocols[link].reached(all, links.get(link).fidelity()).rawPairs();
        return (long) (raw * Stocks.PAIR) + 1;
    }

    public void plan(int link, Purification protocol, int planned) {
        protocols[link] = protocol;
        rounds[link] = planned;
    }

    private int other(int link, int module) {
        MachineShape.Link ends = links.get(link);
        return ends.from() == module ? ends.to() : ends.from();
    }

    private int[] firstLinks() {
        int[] table = new int[modules * modules];
        Arrays.fill(table, -1);
        int[] queue = new int[modules];
        boolean[] seen = new boolean[modules];
        for (int target = 0; target < modules; target++) {
            Arrays.fill(seen, false);
            int head = 0;
            int tail = 0;
            queue[tail++] = target;
            seen[target] = true;
            while (head < tail) {
                int module = queue[head++];
                for (int link = 0; link < links.size(); link++) {
                    MachineShape.Link ends = links.get(link);
                    if (ends.from() != module && ends.to() != module) continue;
                    int next = other(link, module);
                    if (seen[next]) continue;
                    seen[next] = true;
                    table[next * modules + target] = link;
                    queue[tail++] = next;
                }
            }
        }
        return table;
    }

    public void writeSlice(ByteWriter out, int slice, int slices) {
        for (int link = slice; link < rounds.length; link += slices) {
            out.text(protocols[link].name()).uint(rounds[link]);
        }
    }
}
