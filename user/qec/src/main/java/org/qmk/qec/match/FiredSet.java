package org.qmk.qec.match;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// The nodes that fired, as bits, and which of them are neighbours of a node. The neighbours of a
/// node, counted from it, lie in few stretches of bits: one for its own round, one for the round
/// before and one for the round after. So one look tells that there is no neighbour, or one.
final class FiredSet {

    /// No neighbour fired.
    static final int NONE = -1;

    private static final int STRETCHES = 3;

    /// So many bits from any bit on are in one long that begins with a byte.
    private static final int WIDTH = 57;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bits;

    /// So many bits are before node 0, for neighbours of the first nodes.
    private final int margin;

    /// By row and stretch: its first bit counted from the node, the neighbours in it, and where
    /// their slots are.
    private final int[] steps;

    private final long[] masks;
    private final int[] places;
    private final int[] slots;
    private final boolean fits;

    FiredSet(EdgeRows rows) {
        int count = rows.rowBegins.length - 1;
        steps = new int[STRETCHES * count];
        masks = new long[STRETCHES * count];
        places = new int[STRETCHES * count];
        slots = new int[rows.ways.length];
        boolean all = true;
        int size = 0;
        int furthest = 0;
        for (int row = 0; row < count && all; row++) {
            long[] near = near(rows, row);
            int stretch = STRETCHES * row - 1;
            int end = STRETCHES * (row + 1);
            for (long way : near) {
                int step = (int) (way >> 32);
                if (stretch < STRETCHES * row || step - steps[stretch] >= WIDTH) {
                    if (++stretch == end) {
                        all = false;
                        break;
                    }
                    steps[stretch] = step;
                    places[stretch] = size;
                }
                masks[stretch] |= 1L << step - steps[stretch];
                slots[size++] = (int) way;
                furthest = Math.max(furthest, Math.abs(step));
            }
        }
        fits = all;
        margin = (furthest + 7) / 8 * 8;
        if (fits) for (int i = 0; i < steps.length; i++) steps[i] += margin;
        bits = new byte[fits ? (rows.nodes + 2 * margin) / 8 + 2 * Long.BYTES : 0];
    }

    /// The slots of a row that can give the radius of an event, as step and slot, by step.
    private static long[] near(EdgeRows rows, int row) {
        int begin = rows.rowBegins[row];
        int end = rows.rowBegins[row + 1];
        long[] near = new long[end - begin];
        int count = 0;
        for (int s = begin; s < end; s++) {
            if (rows.weightOf(s) >= 2 * rows.weightOf(begin)) break;
            if (rows.isOutside(s)) continue;
            near[count++] = rows.ways[s] << 32 | s;
        }
        near = Arrays.copyOf(near, count);
        Arrays.sort(near);
        return near;
    }

    /// Whether the neighbours lie so that this can be used.
    boolean fits() {
        return fits;
    }

    void add(int x) {
        bits[x + margin >>> 3] |= (byte) (1 << (x & 7));
    }

    void remove(int x) {
        bits[x + margin >>> 3] = 0;
    }

    private long read(int bit) {
        return (long) LONGS.get(bits, bit >>> 3) >>> (bit & 7);
    }

    private int least(int stretch, long found, int before) {
        int least = before;
        long mask = masks[stretch];
        for (long rest = found; rest != 0; rest &= rest - 1) {
            int place = Long.bitCount(mask & (rest & -rest) - 1);
            least = Math.min(least, slots[places[stretch] + place]);
        }
        return least;
    }

    /// The slot to the nearest neighbour that fired, or `NONE`.
    int neighbour(int x, int row) {
        int i = STRETCHES * row;
        long first = read(x + steps[i]) & masks[i];
        long second = read(x + steps[i + 1]) & masks[i + 1];
        long third = read(x + steps[i + 2]) & masks[i + 2];
        long found = first | second | third;
        if (found == 0) return NONE;
        if (Long.bitCount(first) + Long.bitCount(second) + Long.bitCount(third) > 1) {
            // The slots of a row are sorted: the least is the lightest.
            int least = least(i, first, Integer.MAX_VALUE);
            return least(i + 2, third, least(i + 1, second, least));
        }
        // Without branches, which nobody could foresee: 0, 1 or 2, where only one is not 0.
        int stretch = i + (int) (((second | -second) >>> 63) + 2 * ((third | -third) >>> 63));
        return slots[places[stretch] + Long.bitCount(masks[stretch] & found - 1)];
    }
}
