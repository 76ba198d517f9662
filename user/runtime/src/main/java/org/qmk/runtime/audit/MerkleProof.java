package org.qmk.runtime.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// Proofs of RFC 6962, section 2.1: that a leaf is in a tree, and that a tree extends another.
///
/// Making follows RFC 6962; checking follows RFC 9162, sections 2.1.3.2 and 2.1.4.2.
final class MerkleProof {

    private MerkleProof() {}

    /// The proof that the leaf of that index is in the tree of that size.
    static List<byte[]> inclusion(long index, long size, SubtreeSource source, TreeHash hash)
            throws IOException {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("no leaf " + index + " in a tree of " + size);
        }
        List<byte[]> path = new ArrayList<>();
        long low = 0;
        long high = size;
        while (high - low > 1) {
            long middle = low + Long.highestOneBit(high - low - 1);
            if (index < middle) {
                path.add(root(middle, high, source, hash));
                high = middle;
            } else {
                path.add(root(low, middle, source, hash));
                low = middle;
            }
        }
        Collections.reverse(path);
        return path;
    }

    /// The proof that the tree of size `size` begins with the tree of size `old`.
    static List<byte[]> consistency(long old, long size, SubtreeSource source, TreeHash hash)
            throws IOException {
        if (old < 0 || old > size) {
            throw new IllegalArgumentException("a tree of " + size + " does not extend " + old);
        }
        List<byte[]> path = new ArrayList<>();
        if (old == 0) return path;
        long low = 0;
        long high = size;
        while (old < high) {
            long middle = low + Long.highestOneBit(high - low - 1);
            if (old <= middle) {
                path.add(root(middle, high, source, hash));
                high = middle;
            } else {
                path.add(root(low, middle, source, hash));
                low = middle;
            }
        }
        // The old root itself is known to who asks.
        if (low > 0) path.add(root(low, high, source, hash));
        Collections.reverse(path);
        return path;
    }

    /// The root of the leaves from `low` to before `high`, where the tree has a subtree there.
    static byte[] root(long low, long high, SubtreeSource source, TreeHash hash)
            throws IOException {
        byte[] root = null;
        long end = high;
        for (int level = 0; end > low; level++) {
            if ((high - low >>> level & 1) == 0) continue;
            end -= 1L << level;
            byte[] subtree = source.subtree(level, end >>> level);
            root = root == null ? subtree : hash.node(subtree, root);
        }
        return root == null ? hash.empty() : root;
    }

    static boolean includes(
            byte[] root, long size, long index, byte[] leafHash, List<byte[]> path, TreeHash hash) {
        if (index < 0 || index >= size || !areHashes(path)) return false;
        long node = index;
        long end = size - 1;
        byte[] made = leafHash;
        for (byte[] next : path) {
            if (end == 0) return false;
            if ((node & 1) == 1 || node == end) {
                made = hash.node(next, made);
                int passed = Math.min(Long.numberOfTrailingZeros(node), Long.SIZE - 1);
                node >>>= passed;
                end >>>= passed;
            } else {
                made = hash.node(made, next);
            }
            node >>>= 1;
            end >>>= 1;
        }
        return end == 0 && Arrays.equals(made, root);
    }

    /// @param oldRoot root of the tree of size `old`
    /// @param root root of the tree of size `size`
    static boolean isExtended(
            byte[] oldRoot, long old, byte[] root, long size, List<byte[]> path, TreeHash hash) {
        if (old < 0 || old > size || !areHashes(path)) return false;
        if (old == 0) return path.isEmpty() && Arrays.equals(oldRoot, hash.empty());
        if (old == size) return path.isEmpty() && Arrays.equals(oldRoot, root);
        List<byte[]> rest = new ArrayList<>(path);
        if (Long.bitCount(old) == 1) rest.addFirst(oldRoot);
        if (rest.isEmpty()) return false;
        int passed = Long.numberOfTrailingZeros(old);
        long node = old - 1 >>> passed;
        long end = size - 1 >>> passed;
        byte[] first = rest.removeFirst();
        byte[] second = first;
        for (byte[] next : rest) {
            if (end == 0) return false;
            if ((node & 1) == 1 || node == end) {
                first = hash.node(next, first);
                second = hash.node(next, second);
                int more = Math.min(Long.numberOfTrailingZeros(node), Long.SIZE - 1);
                node >>>= more;
                end >>>= more;
            } else {
                second = hash.node(second, next);
            }
            node >>>= 1;
            end >>>= 1;
        }
        return end == 0 && Arrays.equals(first, oldRoot) && Arrays.equals(second, root);
    }

    private static boolean areHashes(List<byte[]> path) {
        for (byte[] hash : path) if (hash.length != TreeHash.BYTES) return false;
        return true;
    }
}
