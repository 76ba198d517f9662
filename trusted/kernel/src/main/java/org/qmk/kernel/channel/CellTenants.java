package org.qmk.kernel.channel;

import org.qmk.qvm.Invariant;

/// The tenants of one cell, and how many live qubits of each are in it.
final class CellTenants {

    /// The most tenants of one cell.
    static final int MAX = 8;

    private final int[] tenant = new int[MAX];
    private final int[] qubits = new int[MAX];
    private int size;

    CellTenants(int tenant, int qubits) {
        add(tenant, qubits);
    }

    CellTenants(CellTenants other) {
        add(other);
    }

    int first() {
        return tenant[0];
    }

    boolean isFull() {
        return size == MAX;
    }

    /// Whether there is a tenant here, other than the one named, that is not there.
    boolean beyond(CellTenants there, int except) {
        for (int i = 0; i < size; i++) {
            if (tenant[i] != except && there.place(tenant[i]) == there.size) return true;
        }
        return false;
    }

    void add(CellTenants others) {
        for (int i = 0; i < others.size; i++) add(others.tenant[i], others.qubits[i]);
    }

    /// A qubit of the tenant is here no longer; whether one tenant alone is left.
    boolean remove(int owner) {
        int at = place(owner);
        if (--qubits[at] > 0) return false;
        size--;
        tenant[at] = tenant[size];
        qubits[at] = qubits[size];
        return size == 1;
    }

    private void add(int owner, int count) {
        int at = place(owner);
        if (at == size) {
            Invariant.hold(size < MAX, "a cell has room for its tenants");
            tenant[size] = owner;
            qubits[size++] = 0;
        }
        qubits[at] += count;
    }

    private int place(int owner) {
        int at = 0;
        while (at < size && tenant[at] != owner) at++;
        return at;
    }
}
