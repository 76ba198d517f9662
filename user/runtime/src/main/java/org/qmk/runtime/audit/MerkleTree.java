package org.qmk.runtime.audit;

/// A Merkle tree of RFC 6962 that grows by one leaf at a time and keeps its right edge alone.
///
/// Leaves are given as their hashes. Hashes that are handed out are not to be changed.
final class MerkleTree {

    private static final int LEVELS = 63;

    private final TreeHash hash;

    /// For each level the hash of the last complete subtree of 2^level leaves. Where the size has
    /// a bit set, that subtree is part of the right edge.
    private final byte[][] last = new byte[LEVELS][];

    private long size;

    MerkleTree(TreeHash hash) {
        this.hash = hash;
    }

    long size() {
        return size;
    }

    void append(byte[] leafHash) {
        byte[] made = leafHash;
        int level = 0;
        while ((size >>> level & 1) == 1) {
            byte[] left = last[level];
            last[level++] = made;
            made = hash.node(left, made);
        }
        last[level] = made;
        size++;
    }

    /// The hash of the subtree of 2^level leaves that the last append completed.
    byte[] completed(int level) {
        if (size == 0 || Long.numberOfTrailingZeros(size) < level) {
            throw new IllegalStateException("no subtree of level " + level + " ends at " + size);
        }
        return last[level];
    }

    byte[] root() {
        byte[] root = null;
        for (int level = 0; level < LEVELS; level++) {
            if ((size >>> level & 1) == 0) continue;
            root = root == null ? last[level] : hash.node(last[level], root);
        }
        return root == null ? hash.empty() : root;
    }
}
