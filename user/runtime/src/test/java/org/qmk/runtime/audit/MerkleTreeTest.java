package org.qmk.runtime.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The vectors are those of the Certificate Transparency reference implementation.
final class MerkleTreeTest {

    private static final int SIZE_MAX = 300;

    private static final List<String> ENTRIES =
            List.of(
                    "",
                    "00",
                    "10",
                    "2021",
                    "3031",
                    "40414243",
                    "5051525354555657",
                    "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS =
            List.of(
                    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    private final TreeHash hash = new TreeHash();

    @Test
    void roots_of_one_to_eight_leaves_are_those_of_the_reference() {
        var tree = new MerkleTree(hash);

        assertEquals(ROOTS.getFirst(), HexFormat.of().formatHex(tree.root()));
        for (int i = 0; i < ENTRIES.size(); i++) {
            tree.append(hash.leaf(HexFormat.of().parseHex(ENTRIES.get(i))));
            assertEquals(ROOTS.get(i + 1), HexFormat.of().formatHex(tree.root()), "size " + i);
        }
    }

    @Test
    void proofs_are_those_of_the_reference() throws IOException {
        List<byte[]> leaves = new ArrayList<>();
        for (String entry : ENTRIES) leaves.add(hash.leaf(HexFormat.of().parseHex(entry)));
        String first = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
        String second = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
        String third = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
        String fifth = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
        String last = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
        String sixth = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";

        assertEquals(List.of(first, second, third), inclusion(0, 8, leaves));
        assertEquals(List.of(fifth, last, ROOTS.get(4)), inclusion(5, 8, leaves));
        assertEquals(List.of(ROOTS.get(2)), inclusion(2, 3, leaves));
        assertEquals(List.of(ROOTS.get(1), second, fifth), inclusion(1, 5, leaves));
        assertEquals(List.of(first, second, third), consistency(1, 8, leaves));
        assertEquals(List.of(sixth, last, ROOTS.get(4)), consistency(6, 8, leaves));
        assertEquals(List.of(second, fifth), consistency(2, 5, leaves));
    }

    @Test
    void every_root_is_the_one_of_the_definition() {
        List<byte[]> leaves = leaves();
        var tree = new MerkleTree(hash);

        for (int size = 0; size < leaves.size(); size++) {
            assertArrayEquals(defined(leaves.subList(0, size)), tree.root(), "size " + size);
            tree.append(leaves.get(size));
        }
    }

    @Test
    void every_inclusion_proof_holds_for_its_leaf_and_for_no_other_place() throws IOException {
        List<byte[]> leaves = leaves();
        SubtreeSource source = source(leaves);
        for (int size = 1; size <= leaves.size(); size++) {
            byte[] root = defined(leaves.subList(0, size));
            for (int index = 0; index < size; index++) {
                List<byte[]> path = MerkleProof.inclusion(index, size, source, hash);
                byte[] leaf = leaves.get(index);
                String which = index + " of " + size;

                assertTrue(MerkleProof.includes(root, size, index, leaf, path, hash), which);
                assertFalse(MerkleProof.includes(root, size, index + 1, leaf, path, hash), which);
                assertFalse(MerkleProof.includes(root, size, index ^ 1, leaf, path, hash), which);
                List<byte[]> longer = new ArrayList<>(path);
                longer.add(leaf);
                assertFalse(MerkleProof.includes(root, size, index, leaf, longer, hash), which);
                if (path.isEmpty()) continue;
                List<byte[]> shorter = path.subList(0, path.size() - 1);
                assertFalse(MerkleProof.includes(root, size, index, leaf, shorter, hash), which);
                List<byte[]> padded = new ArrayList<>(path);
                padded.set(0, Arrays.copyOf(path.getFirst(), TreeHash.BYTES + 1));
                assertFalse(MerkleProof.includes(root, size, index, leaf, padded, hash), which);
            }
        }
    }

    @Test
    void every_consistency_proof_holds_for_its_sizes_and_for_no_other_root() throws IOException {
        List<byte[]> leaves = leaves();
        SubtreeSource source = source(leaves);
        List<byte[]> roots = new ArrayList<>();
        for (int size = 0; size <= leaves.size(); size++) {
            roots.add(defined(leaves.subList(0, size)));
        }
        byte[] wrong = hash.leaf(new byte[] {7});
        for (int size = 1; size <= leaves.size(); size += size < 70 ? 1 : 23) {
            for (int old = 0; old <= size; old++) {
                List<byte[]> path = MerkleProof.consistency(old, size, source, hash);
                byte[] from = roots.get(old);
                byte[] to = roots.get(size);
                String which = old + " to " + size;

                assertTrue(MerkleProof.isExtended(from, old, to, size, path, hash), which);
                assertFalse(MerkleProof.isExtended(wrong, old, to, size, path, hash), which);
                if (old == 0) continue; // every tree extends the empty one
                assertFalse(MerkleProof.isExtended(from, old, wrong, size, path, hash), which);
                List<byte[]> longer = new ArrayList<>(path);
                longer.add(wrong);
                assertFalse(MerkleProof.isExtended(from, old, to, size, longer, hash), which);
            }
        }
    }

    private List<byte[]> leaves() {
        List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < SIZE_MAX; i++) leaves.add(hash.leaf(new byte[] {(byte) i, (byte) 3}));
        return leaves;
    }

    /// RFC 6962, section 2.1, word by word.
    private byte[] defined(List<byte[]> leaves) {
        if (leaves.isEmpty()) return hash.empty();
        if (leaves.size() == 1) return leaves.getFirst();
        int half = Integer.highestOneBit(leaves.size() - 1);
        return hash.node(
                defined(leaves.subList(0, half)), defined(leaves.subList(half, leaves.size())));
    }

    private SubtreeSource source(List<byte[]> leaves) {
        List<List<byte[]>> levels = new ArrayList<>();
        for (List<byte[]> row = leaves; !row.isEmpty(); ) {
            levels.add(row);
            List<byte[]> above = new ArrayList<>();
            for (int i = 0; i + 1 < row.size(); i += 2) {
                above.add(hash.node(row.get(i), row.get(i + 1)));
            }
            row = above;
        }
        return (level, index) -> levels.get(level).get((int) index);
    }

    private List<String> inclusion(int index, int size, List<byte[]> leaves) throws IOException {
        return text(MerkleProof.inclusion(index, size, source(leaves), hash));
    }

    private List<String> consistency(int old, int size, List<byte[]> leaves) throws IOException {
        return text(MerkleProof.consistency(old, size, source(leaves), hash));
    }

    private static List<String> text(List<byte[]> path) {
        return path.stream().map(HexFormat.of()::formatHex).toList();
    }
}
