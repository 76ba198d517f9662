package org.qmk.server.page;

import java.util.Arrays;

/// Which blocks are held, in rising order, as runs of neighbours that one job holds. Immutable.
final class BlockRuns {

    static final BlockRuns NONE = new Draft(0).runs();

    private final int size;
    private final int[] starts;
    private final int[] lengths;
    private final int[] tenants;
    private final long[] tickets;

    private BlockRuns(Draft draft) {
        size = draft.size;
        starts = Arrays.copyOf(draft.starts, size);
        lengths = Arrays.copyOf(draft.lengths, size);
        tenants = Arrays.copyOf(draft.tenants, size);
        tickets = Arrays.copyOf(draft.tickets, size);
    }

    /// How many runs there are.
    int size() {
        return size;
    }

    int start(int run) {
        return starts[run];
    }

    int length(int run) {
        return lengths[run];
    }

    int tenant(int run) {
        return tenants[run];
    }

    long ticket(int run) {
        return tickets[run];
    }

    /// Runs that are not all there yet.
    static final class Draft {
        private int size;
        private int[] starts;
        private int[] lengths;
        private int[] tenants;
        private long[] tickets;

        Draft(int expected) {
            starts = new int[expected];
            lengths = new int[expected];
            tenants = new int[expected];
            tickets = new long[expected];
        }

        /// Adds blocks behind all that were added before.
        void add(int start, int length, int tenant, long ticket) {
            int last = size - 1;
            boolean goesOn =
                    size > 0
                            && starts[last] + lengths[last] == start
                            && tenants[last] == tenant
                            && tickets[last] == ticket;
            if (goesOn) {
                lengths[last] += length;
                return;
            }
            if (size == starts.length) grow();
            starts[size] = start;
            lengths[size] = length;
            tenants[size] = tenant;
            tickets[size++] = ticket;
        }

        private void grow() {
            int capacity = Math.max(16, 2 * size);
            starts = Arrays.copyOf(starts, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
            tenants = Arrays.copyOf(tenants, capacity);
            tickets = Arrays.copyOf(tickets, capacity);
        }

        BlockRuns runs() {
            return new BlockRuns(this);
        }
    }
}
