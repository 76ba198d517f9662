package org.qmk.kernel.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.qvm.ByteWriter;

class PartitionTest {

    private static final int ALICE = 1;
    private static final int BOB = 2;
    private static final int CAROL = 3;

    private final Partition partition = new Partition(1);

    @Test
    void qubits_share_a_cell_from_their_join_until_one_is_released() {
        int a = partition.open(ALICE);
        int b = partition.open(ALICE);
        int c = partition.open(ALICE);
        assertFalse(partition.sameCell(a, b));

        partition.join(a, b);
        partition.join(b, c);
        assertTrue(partition.sameCell(a, c));

        partition.release(b);
        assertTrue(partition.sameCell(a, c), "what b had brought together stays so");
        assertFalse(partition.sameCell(a, b));
    }

    @Test
    void qubits_of_two_tenants_are_joined_through_a_channel_only() {
        int a = partition.open(ALICE);
        int b = partition.open(BOB);

        assertTrue(partition.foreign(a, b));
        assertThrows(IllegalStateException.class, () -> partition.join(a, b));
        assertFalse(partition.foreignThrough(a, b));
        partition.joinThrough(a, b);

        assertTrue(partition.sameCell(a, b));
        assertTrue(partition.foreign(a, b), "not even then do they share an operation");
    }

    @Test
    void a_tenant_goes_on_with_its_own_half_of_a_brokered_cell() {
        int a = partition.open(ALICE);
        int b = partition.open(BOB);
        int fresh = partition.open(ALICE);
        partition.joinThrough(a, b);

        assertFalse(partition.foreign(a, fresh));
        partition.join(a, fresh);

        assertTrue(partition.sameCell(fresh, b));
    }

    @Test
    void a_tenant_between_two_channels_cannot_bring_its_peers_together() {
        int toBob = partition.open(ALICE);
        int toCarol = partition.open(ALICE);
        int b = partition.open(BOB);
        int c = partition.open(CAROL);
        partition.joinThrough(toBob, b);
        partition.joinThrough(toCarol, c);

        assertTrue(partition.foreign(toBob, toCarol), "by a swap of entanglement");
        assertTrue(partition.foreignThrough(toBob, c), "by one more use of a channel");
        assertThrows(IllegalStateException.class, () -> partition.joinThrough(toBob, c));

        partition.release(b);
        assertFalse(partition.foreign(toBob, toCarol), "once Bob's qubit is out of it");
    }

    @Test
    void three_tenants_share_a_cell_when_each_two_of_them_agreed() {
        int a = partition.open(ALICE);
        int b = partition.open(BOB);
        int otherA = partition.open(ALICE);
        int c = partition.open(CAROL);
        partition.joinThrough(a, b);
        partition.joinThrough(otherA, c);

        assertFalse(partition.foreignThrough(b, c), "only Bob and Carol come together, who agree");
        partition.joinThrough(b, c);

        assertTrue(partition.sameCell(a, otherA));
    }

    @Test
    void a_number_that_was_given_back_is_refused_until_it_is_given_again() {
        int a = partition.open(ALICE);
        int b = partition.open(ALICE);
        partition.close(a);

        assertEquals(1, partition.live());
        assertThrows(IllegalStateException.class, () -> partition.join(a, b));
        assertThrows(IllegalStateException.class, () -> partition.close(a));
        assertEquals(a, partition.open(BOB));
        assertTrue(partition.foreign(a, b));
    }

    @Test
    void the_digest_of_a_slice_changes_with_its_cells_alone() {
        for (int i = 0; i < 8; i++) partition.open(ALICE);
        byte[] even = slice(partition, 0, 2);
        byte[] odd = slice(partition, 1, 2);

        partition.join(1, 3);

        assertArrayEquals(even, slice(partition, 0, 2));
        assertNotEquals(HexFormat.of().formatHex(odd), hex(slice(partition, 1, 2)));
    }

    /// 50,000 operations each, against sets that are computed anew.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void random_histories_agree_with_sets(long seed) {
        var random = new SplittableRandom(seed);
        var partition = new Partition(4);
        var sets = new Sets();
        for (int step = 0; step < 50_000; step++) {
            int wanted = step % 10_000 < 5_000 ? 60 : 12;
            if (sets.live.isEmpty() || random.nextInt(wanted) >= sets.live.size()) {
                int tenant = random.nextInt(1, 12);
                sets.open(partition.open(tenant), tenant);
            }
            int a = sets.live.get(random.nextInt(sets.live.size()));
            int b = sets.live.get(random.nextInt(sets.live.size()));
            assertEquals(sets.cell(a).contains(b), partition.sameCell(a, b));
            assertEquals(sets.foreign(a, b), partition.foreign(a, b));
            assertEquals(sets.foreignThrough(a, b), partition.foreignThrough(a, b));
            switch (random.nextInt(6)) {
                case 0 -> {
                    partition.release(a);
                    sets.release(a);
                }
                case 1 -> {
                    if (sets.live.size() * 2 > wanted) {
                        partition.close(a);
                        sets.close(a);
                    }
                }
                case 2, 3 -> {
                    if (!sets.foreign(a, b)) {
                        partition.join(a, b);
                        sets.join(a, b);
                    }
                }
                default -> {
                    if (!sets.foreignThrough(a, b)) {
                        partition.joinThrough(a, b);
                        sets.join(a, b);
                    }
                }
            }
            assertEquals(sets.live.size(), partition.live());
        }
        for (int a : sets.live) {
            for (int b : sets.live) {
                assertEquals(sets.cell(a).contains(b), partition.sameCell(a, b));
            }
        }
        assertTrue(sets.tenantsMost >= 3, "cells of three tenants occurred");
    }

    /// One forest is rebuilt often, the other never; one has its paths shortened by queries.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void kernels_of_one_history_agree_however_their_forests_look(long seed) {
        var random = new SplittableRandom(seed);
        var tight = new Partition(1);
        var roomy = new Partition(100_000);
        for (int i = 0; i < 40; i++) {
            assertEquals(tight.open(1 + i % 2), roomy.open(1 + i % 2));
        }
        for (int step = 0; step < 20_000; step++) {
            int a = random.nextInt(40);
            int b = random.nextInt(40);
            int choice = random.nextInt(16);
            if (choice == 0) {
                tight.close(a);
                roomy.close(a);
                assertEquals(tight.open(1 + a % 2), roomy.open(1 + a % 2));
            } else if (choice < 8) {
                tight.release(a);
                roomy.release(a);
            } else if (!tight.foreignThrough(a, b)) {
                tight.joinThrough(a, b);
                roomy.joinThrough(a, b);
            }
            tight.sameCell(random.nextInt(40), b);
            for (int slice = 0; slice < 3; slice++) {
                assertArrayEquals(
                        slice(tight, slice, 3), slice(roomy, slice, 3), "after step " + step);
            }
        }
    }

    @Test
    void a_cell_has_eight_tenants_but_never_nine() {
        int first = chain(1, CellTenants.MAX)[0];
        int last = chain(2, CellTenants.MAX + 1)[1];

        assertTrue(partition.foreignThrough(first, last), "the ninth");
        assertThrows(IllegalStateException.class, () -> partition.joinThrough(first, last));
    }

    /// A cell of all tenants of a range, each two of which used a channel: a qubit of the first and
    /// one of the last.
    private int[] chain(int firstTenant, int lastTenant) {
        if (firstTenant == lastTenant) {
            int qubit = partition.open(firstTenant);
            return new int[] {qubit, qubit};
        }
        int first = chain(firstTenant, lastTenant - 1)[0];
        int last = chain(firstTenant + 1, lastTenant)[1];
        assertFalse(partition.foreignThrough(first, last));
        partition.joinThrough(first, last);
        return new int[] {first, last};
    }

    private static byte[] slice(Partition partition, int slice, int slices) {
        var out = ByteWriter.keeping();
        partition.writeSlice(out, slice, slices);
        return out.bytes();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /// The same by sets.
    private static final class Sets {
        private final List<Integer> live = new ArrayList<>();
        private final TreeMap<Integer, Integer> owners = new TreeMap<>();
        private final TreeMap<Integer, TreeSet<Integer>> cells = new TreeMap<>();
        private int tenantsMost;

        private void open(int qubit, int tenant) {
            assertFalse(live.contains(qubit), "a number is given to one qubit at a time");
            live.add(qubit);
            owners.put(qubit, tenant);
            cells.put(qubit, new TreeSet<>(List.of(qubit)));
        }

        private void close(int qubit) {
            release(qubit);
            cells.remove(qubit);
            live.remove((Integer) qubit);
        }

        private void release(int qubit) {
            cells.get(qubit).remove(qubit);
            cells.put(qubit, new TreeSet<>(List.of(qubit)));
        }

        private void join(int a, int b) {
            var together = new TreeSet<>(cell(a));
            together.addAll(cell(b));
            for (int qubit : together) cells.put(qubit, together);
            tenantsMost = Math.max(tenantsMost, tenants(a).size());
        }

        private TreeSet<Integer> cell(int qubit) {
            return cells.get(qubit);
        }

        private TreeSet<Integer> tenants(int qubit) {
            var tenants = new TreeSet<Integer>();
            for (int member : cell(qubit)) tenants.add(owners.get(member));
            return tenants;
        }

        private boolean foreign(int a, int b) {
            boolean oneOwner = owners.get(a).equals(owners.get(b));
            return !oneOwner || !strangers(a, b).isEmpty();
        }

        private boolean foreignThrough(int a, int b) {
            var together = tenants(a);
            together.addAll(tenants(b));
            var strangers = strangers(a, b);
            strangers.remove(List.of(owners.get(a), owners.get(b)));
            return !strangers.isEmpty() || together.size() > CellTenants.MAX;
        }

        /// Pairs of tenants that only a union of the two cells would bring together.
        private TreeSet<List<Integer>> strangers(int a, int b) {
            var pairs =
                    new TreeSet<List<Integer>>(
                            java.util.Comparator.comparing(List<Integer>::getFirst)
                                    .thenComparing(List::getLast));
            for (int x : tenants(a)) {
                for (int y : tenants(b)) {
                    boolean together = tenants(a).contains(y) || tenants(b).contains(x);
                    if (!together) pairs.add(List.of(x, y));
                }
            }
            return pairs;
        }
    }
}
