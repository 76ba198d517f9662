package org.qmk.runtime.audit;

import java.io.IOException;

/// Knows the hashes of the complete subtrees of a Merkle tree.
@FunctionalInterface
interface SubtreeSource {

    /// The hash over the leaves from `index * 2^level` to before `(index + 1) * 2^level`.
    byte[] subtree(int level, long index) throws IOException;
}
