package org.qmk.qir;

import java.util.Arrays;
import java.util.List;

/// How control flows between the blocks of a function, and in which order to run them so that
/// paths meet again as soon as they can: every loop is over before what follows it begins.
///
/// The order is a weak topological one. Source: Bourdoncle, Efficient chaotic iteration strategies
/// with widenings (1993).
final class QirFlow {

    /// Levels of loops told apart; deeper ones are run in the order of their blocks.
    private static final int LOOPS_MAX = 32;

    private final int[][] targets;
    private final int[][] sources;
    private final int[] place;
    private final int[] order;

    private QirFlow(int[][] targets) {
        this.targets = targets;
        sources = reversed(targets);
        place = new int[targets.length];
        order = new Ordering(targets).order();
        for (int i = 0; i < order.length; i++) place[order[i]] = i;
    }

    static QirFlow of(List<List<QirInstruction>> blocks) {
        int[][] targets = new int[blocks.size()][];
        for (int block = 0; block < targets.length; block++) {
            List<QirInstruction> body = blocks.get(block);
            targets[block] = body.isEmpty() ? new int[0] : targets(body.getLast());
        }
        return new QirFlow(targets);
    }

    private static int[] targets(QirInstruction last) {
        return switch (last) {
            case QirInstruction.Jump jump -> new int[] {jump.block()};
            case QirInstruction.Branch branch ->
                    branch.yes() == branch.no()
                            ? new int[] {branch.yes()}
                            : new int[] {branch.yes(), branch.no()};
            case QirInstruction.Switch choice -> {
                int[] all = new int[choice.blocks().size() + 1];
                all[0] = choice.otherwise();
                for (int i = 1; i < all.length; i++) all[i] = choice.blocks().get(i - 1);
                yield Arrays.stream(all).distinct().toArray();
            }
            case QirInstruction.Return _, QirInstruction.Unreachable _ -> new int[0];
            case QirInstruction.Binary _, QirInstruction.Compare _ -> new int[0];
            case QirInstruction.Convert _, QirInstruction.Select _ -> new int[0];
            case QirInstruction.Call _, QirInstruction.Allocate _ -> new int[0];
            case QirInstruction.Load _, QirInstruction.Store _ -> new int[0];
            case QirInstruction.Element _, QirInstruction.Extract _ -> new int[0];
            case QirInstruction.Insert _, QirInstruction.Phi _ -> new int[0];
        };
    }

    private static int[][] reversed(int[][] targets) {
        int[] counts = new int[targets.length];
        for (int[] each : targets) {
            for (int target : each) counts[target]++;
        }
        int[][] sources = new int[targets.length][];
        for (int i = 0; i < sources.length; i++) sources[i] = new int[counts[i]];
        for (int block = targets.length - 1; block >= 0; block--) {
            for (int target : targets[block]) sources[target][--counts[target]] = block;
        }
        return sources;
    }

    /// The blocks that may come before one.
    int[] sources(int block) {
        return sources[block];
    }

    /// The blocks that may come after one.
    int[] targets(int block) {
        return targets[block];
    }

    /// The block at a place of the order.
    int block(int at) {
        return order[at];
    }

    /// The place of a block in the order.
    int place(int block) {
        return place[block];
    }

    /// Whether control goes back from one block to another: to the head of a loop.
    boolean isBack(int from, int to) {
        return place[to] <= place[from];
    }

    /// Orders blocks: strongly connected components in topological order, each beginning with its
    /// head, the rest of it ordered the same way without the head.
    private static final class Ordering {
        private final int[][] targets;
        private final int[] order;
        private int filled;

        /// By block: in which round it takes part, when it was found, how far back it leads.
        private final int[] round;

        private final int[] found;
        private final int[] low;
        private final int[] next;
        private final int[] stack;
        private final int[] path;
        private int clock;
        private int rounds;

        Ordering(int[][] targets) {
            this.targets = targets;
            int n = targets.length;
            order = new int[n];
            round = new int[n];
            found = new int[n];
            low = new int[n];
            next = new int[n];
            stack = new int[n];
            path = new int[n];
        }

        int[] order() {
            int[] all = new int[targets.length];
            for (int i = 0; i < all.length; i++) all[i] = i;
            arrange(all, 0);
            return order;
        }

        /// Appends the blocks of a part in order; the first of them is where the part is entered.
        private void arrange(int[] part, int depth) {
            if (depth > LOOPS_MAX) {
                for (int block : part) order[filled++] = block;
                return;
            }
            int now = ++rounds;
            for (int block : part) {
                round[block] = now;
                found[block] = 0;
            }
            int[] components = new int[part.length];
            int[] sizes = new int[part.length];
            int count = 0;
            int used = 0;
            for (int block : part) {
                if (found[block] != 0) continue;
                int depthOfPath = 0;
                int stacked = 0;
                path[depthOfPath++] = block;
                open(block);
                stack[stacked++] = block;
                while (depthOfPath > 0) {
                    int top = path[depthOfPath - 1];
                    int child = step(top, now);
                    if (child >= 0) {
                        path[depthOfPath++] = child;
                        open(child);
                        stack[stacked++] = child;
                        continue;
                    }
                    depthOfPath--;
                    if (depthOfPath > 0) {
                        int parent = path[depthOfPath - 1];
                        low[parent] = Math.min(low[parent], low[top]);
                    }
                    if (low[top] != found[top]) continue;
                    int from = used;
                    int each;
                    do {
                        each = stack[--stacked];
                        round[each] = -now; // done
                        components[used++] = each;
                    } while (each != top);
                    sizes[count++] = used - from;
                }
            }
            emit(components, sizes, count, used, depth);
        }

        private void open(int block) {
            found[block] = low[block] = ++clock;
            next[block] = 0;
        }

        /// The next block to go to from one, or -1 if all were seen.
        private int step(int block, int now) {
            while (next[block] < targets[block].length) {
                int target = targets[block][next[block]++];
                if (round[target] != now) continue;
                if (found[target] == 0) return target;
                low[block] = Math.min(low[block], found[target]);
            }
            return -1;
        }

        /// Components were found last to first; the last block of each is its head.
        private void emit(int[] components, int[] sizes, int count, int used, int depth) {
            int end = used;
            for (int i = count - 1; i >= 0; i--) {
                int from = end - sizes[i];
                order[filled++] = components[end - 1];
                if (sizes[i] > 1) {
                    int[] rest = new int[sizes[i] - 1];
                    for (int j = 0; j < rest.length; j++) rest[j] = components[end - 2 - j];
                    arrange(rest, depth + 1);
                }
                end = from;
            }
        }
    }
}
