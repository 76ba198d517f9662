package org.qmk.qec.result;

import org.qmk.sim.BitSquare;

/// The bits of some shots, a row of words for each shot. Bits behind the last are 0.
public final class ShotRows {

    private final int bits;
    private final int stride;
    private final long[] words;
    private int shots;

    /// Planes on their way to rows; made when first needed.
    private long[] tiles = {};

    /// Room for shots, of which there are none yet.
    ///
    /// @param bits of a shot
    public ShotRows(int bits, int capacity) {
        this.bits = bits;
        stride = Math.max(1, bits + 63 >>> 6);
        words = new long[Math.multiplyExact(stride, capacity)];
    }

    /// The bits of a shot.
    public int bits() {
        return bits;
    }

    public int shots() {
        return shots;
    }

    public int capacity() {
        return words.length / stride;
    }

    /// Forgets all shots but the first, and adds shots of zeros.
    public void resize(int count) {
        if (count < 0 || count > capacity()) {
            throw new IllegalArgumentException(
                    "count is %d, expected 0 to %d".formatted(count, capacity()));
        }
        if (count > shots) java.util.Arrays.fill(words, shots * stride, count * stride, 0);
        shots = count;
    }

    /// The words of all rows, not to be kept.
    public long[] words() {
        return words;
    }

    /// The words of a row.
    public int stride() {
        return stride;
    }

    public boolean get(int shot, int bit) {
        return (words[shot * stride + (bit >>> 6)] >>> bit & 1) != 0;
    }

    public void flip(int shot, int bit) {
        words[shot * stride + (bit >>> 6)] ^= 1L << bit;
    }

    /// Where planes, one for each bit, come from.
    public interface Planes {
        /// Copies all shots of a bit, 64 to a word.
        void copy(int bit, long[] to, int at);
    }

    /// Takes all bits of so many shots from planes.
    ///
    /// @param blocks the words of a plane
    public void fill(Planes planes, int blocks, int count) {
        resize(count);
        // Tiles of equal distance, but of no power of two, do not push one another out of a cache.
        int size = 64 * blocks;
        int distance = size + 8;
        if (tiles.length < stride * distance) tiles = new long[stride * distance];
        long[] squares = new long[size];
        for (int word = 0; 64 * word < bits; word++) {
            int columns = Math.min(64, bits - 64 * word);
            for (int i = 0; i < columns; i++) planes.copy(64 * word + i, squares, i * blocks);
            java.util.Arrays.fill(squares, columns * blocks, size, 0);
            BitSquare.transpose(squares, blocks);
            System.arraycopy(squares, 0, tiles, word * distance, size);
        }
        for (int i = 0; i < 64; i++) {
            for (int block = 0; 64 * block + i < count; block++) {
                int at = (64 * block + i) * stride;
                int from = i * blocks + block;
                for (int word = 0; word < stride; word++, from += distance) {
                    words[at + word] = tiles[from];
                }
            }
        }
    }

    /// The bits from one to another of every shot.
    public ShotRows part(int from, int to) {
        var part = new ShotRows(to - from, Math.max(1, shots));
        part.resize(shots);
        for (int shot = 0; shot < shots; shot++) {
            int target = shot * part.stride;
            for (int bit = from; bit < to; bit += 64, target++) {
                int source = shot * stride + (bit >>> 6);
                long word = words[source] >>> bit;
                boolean more = (bit & 63) != 0 && (bit >>> 6) + 1 < stride;
                if (more) word |= words[source + 1] << -bit;
                int left = to - bit;
                part.words[target] = left < 64 ? word & (1L << left) - 1 : word;
            }
        }
        return part;
    }
}
