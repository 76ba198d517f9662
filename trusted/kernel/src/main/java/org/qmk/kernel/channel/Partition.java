package org.qmk.kernel.channel;

import java.util.Arrays;
import org.qmk.qvm.ByteWriter;
import org.qmk.qvm.Invariant;

/// Which live qubits may be entangled: qubits of different cells are not.
///
/// Union-find by weight with path halving (Tarjan and van Leeuwen 1984). It cannot delete, so a
/// qubit refers to a node of a forest, and one that is measured gets a fresh node; the forest is
/// rebuilt when its nodes run out. There are twice as many nodes as qubits ever lived at once, so a
/// rebuild pays for itself: it comes after at least as many fresh nodes as qubits live.
public final class Partition {

    private static final int NONE = -1;

    /// Stands for a tenant where a cell has more than one.
    private static final int SHARED = 0;

    /// By qubit: its node, or `NONE` if it is not live.
    private int[] node = {};

    private int[] owner = {};

    /// Numbers below `qubits` that are not live, the last given back on top.
    private int[] spare = {};

    private int spares;
    private int qubits;

    /// By node: its parent; for a root, the complement of its cell.
    private int[] parent = {};

    private int nodes;

    /// By cell: the root of its nodes.
    private int[] root = {};

    /// By cell: its nodes, live or not.
    private int[] weight = {};

    /// By cell: its live qubits.
    private int[] members = {};

    /// By cell: its only tenant, or `SHARED`, and then `tenants` says which.
    private int[] tenant = {};

    private CellTenants[] tenants = {};

    /// By cell: the lowest number of the events that made it or a cell that joined it. Names a cell
    /// by history alone, so no two kernels differ in it because one has rebuilt its forest.
    private long[] born = {};

    private int[] spareCells = {};
    private int spareCellCount;
    private int cells;

    /// Cells with more than one tenant.
    private int shared;

    private long events;

    /// @param room live qubits that it can hold before it grows, 1 or more; changes no answer
    public Partition(int room) {
        resize(room);
    }

    /// A copy, to try on it what may come.
    public Partition(Partition other) {
        node = other.node;
        owner = other.owner;
        spare = other.spare;
        parent = other.parent;
        root = other.root;
        weight = other.weight;
        members = other.members;
        tenant = other.tenant;
        tenants = other.tenants;
        born = other.born;
        spareCells = other.spareCells;
        resize(other.node.length);
        for (int cell = 0; cell < other.cells; cell++) {
            if (tenant[cell] == SHARED) tenants[cell] = new CellTenants(tenants[cell]);
        }
        spares = other.spares;
        qubits = other.qubits;
        nodes = other.nodes;
        spareCellCount = other.spareCellCount;
        cells = other.cells;
        shared = other.shared;
        events = other.events;
    }

    /// Whether some cell has more than one tenant. If none has, nothing that a tenant does with its
    /// own qubits is `foreign`.
    public boolean isShared() {
        return shared > 0;
    }

    /// The number of live qubits.
    public int live() {
        return qubits - spares;
    }

    /// A new live qubit, alone in its cell.
    ///
    /// @param owner number of its tenant, 1 or more
    /// @return its number, good until `close`
    public int open(int owner) {
        Invariant.hold(owner >= 1, "a qubit has an owner");
        if (spares == 0 && qubits == node.length) resize(2 * qubits);
        int qubit = spares > 0 ? spare[--spares] : qubits++;
        this.owner[qubit] = owner;
        node[qubit] = NONE;
        settle(qubit);
        return qubit;
    }

    /// The qubit is given back.
    public void close(int qubit) {
        leave(qubit);
        spare[spares++] = qubit;
    }

    /// The qubit was measured or reset: it is alone again.
    public void release(int qubit) {
        if (members[cell(qubit)] == 1) return;
        leave(qubit);
        settle(qubit);
    }

    public boolean sameCell(int a, int b) {
        return cell(a) == cell(b);
    }

    /// Whether an operation on both qubits would pass the firewall by: they have two owners, or it
    /// would bring together two tenants that are not together in either cell.
    public boolean foreign(int a, int b) {
        return owner[a] != owner[b] || apart(cell(a), cell(b));
    }

    /// Whether the use of a channel of the two owners would bring together two other tenants, or
    /// more tenants than a cell may have.
    public boolean foreignThrough(int a, int b) {
        int c = cell(a);
        int d = cell(b);
        if (!apart(c, d)) return false;
        return strangers(c, d, owner[a])
                || strangers(d, c, owner[b])
                || tenant[c] == SHARED && tenants[c].isFull();
    }

    /// An operation on two qubits of one owner, not `foreign`.
    public void join(int a, int b) {
        int c = cell(a);
        int d = cell(b);
        Invariant.hold(
                owner[a] == owner[b] && !apart(c, d), "an operation stays within the firewall");
        unite(c, d);
    }

    /// An operation through an open channel of the two owners, not `foreignThrough`.
    public void joinThrough(int a, int b) {
        Invariant.hold(!foreignThrough(a, b), "a channel joins its two tenants and no others");
        unite(cell(a), cell(b));
    }

    /// Writes owner and cell of the qubits whose number leaves the rest `slice`, and how many
    /// numbers there are.
    public void writeSlice(ByteWriter out, int slice, int slices) {
        out.uint(qubits);
        for (int qubit = slice; qubit < qubits; qubit += slices) {
            if (node[qubit] == NONE) out.uint(0);
            else out.uint(owner[qubit]).uint(born[cell(qubit)]);
        }
    }

    private int cell(int qubit) {
        int at = node[qubit];
        Invariant.hold(at >= 0, "a qubit in use is live");
        int up = parent[at];
        while (up >= 0) {
            int top = parent[up];
            if (top < 0) return ~top;
            parent[at] = top;
            at = top;
            up = parent[at];
        }
        return ~up;
    }

    /// Puts a qubit without a node into a cell of its own.
    private void settle(int qubit) {
        if (nodes == parent.length) rebuild();
        int cell = spareCellCount > 0 ? spareCells[--spareCellCount] : cells++;
        parent[nodes] = ~cell;
        root[cell] = nodes;
        node[qubit] = nodes++;
        weight[cell] = 1;
        members[cell] = 1;
        tenant[cell] = owner[qubit];
        born[cell] = ++events;
    }

    /// Takes a qubit out of its cell and from its node.
    private void leave(int qubit) {
        int cell = cell(qubit);
        node[qubit] = NONE;
        if (tenant[cell] == SHARED && tenants[cell].remove(owner[qubit])) {
            tenant[cell] = tenants[cell].first();
            shared--;
        }
        if (--members[cell] == 0) spareCells[spareCellCount++] = cell;
    }

    private void unite(int c, int d) {
        if (c == d) return;
        int kept = weight[c] >= weight[d] ? c : d;
        int gone = c + d - kept;
        if (tenant[kept] == SHARED) shared--;
        if (tenant[gone] == SHARED) shared--;
        if (tenant[kept] == SHARED || tenant[kept] != tenant[gone]) {
            if (tenant[kept] != SHARED) tenants[kept] = only(kept);
            tenants[kept].add(tenant[gone] == SHARED ? tenants[gone] : only(gone));
            tenant[kept] = SHARED;
            shared++;
        }
        parent[root[gone]] = root[kept];
        weight[kept] += weight[gone];
        members[kept] += members[gone];
        born[kept] = Math.min(born[kept], born[gone]);
        spareCells[spareCellCount++] = gone;
    }

    private CellTenants only(int cell) {
        return new CellTenants(tenant[cell], members[cell]);
    }

    /// Whether each of the cells has a tenant that the other lacks.
    private boolean apart(int c, int d) {
        if (c == d || tenant[c] == tenant[d] && tenant[c] != SHARED) return false;
        return strangers(c, d, NONE) && strangers(d, c, NONE);
    }

    /// Whether the first cell has a tenant, other than the one named, that the second lacks.
    private boolean strangers(int c, int d, int except) {
        CellTenants first = tenant[c] == SHARED ? tenants[c] : only(c);
        CellTenants second = tenant[d] == SHARED ? tenants[d] : only(d);
        return first.beyond(second, except);
    }

    private void rebuild() {
        for (int q = 0; q < qubits; q++) if (node[q] != NONE) node[q] = cell(q);
        Arrays.fill(weight, 0);
        nodes = 0;
        for (int q = 0; q < qubits; q++) {
            int cell = node[q];
            if (cell == NONE) continue;
            if (weight[cell]++ == 0) root[cell] = nodes;
            parent[nodes] = root[cell] == nodes ? ~cell : root[cell];
            node[q] = nodes++;
        }
    }

    private void resize(int size) {
        node = Arrays.copyOf(node, size);
        owner = Arrays.copyOf(owner, size);
        spare = Arrays.copyOf(spare, size);
        parent = Arrays.copyOf(parent, 2 * size);
        root = Arrays.copyOf(root, size);
        weight = Arrays.copyOf(weight, size);
        members = Arrays.copyOf(members, size);
        tenant = Arrays.copyOf(tenant, size);
        tenants = Arrays.copyOf(tenants, size);
        born = Arrays.copyOf(born, size);
        spareCells = Arrays.copyOf(spareCells, size);
    }
}
