package org.qmk.optimizer.tcount;

import java.util.ArrayList;
import java.util.List;

/// Commuting products of Paulis as parities of independent ones.
///
/// @param products independent products, each positive
/// @param table    what each product of the group is made of, but for its sign
record PauliBasis(List<PauliProduct> products, ParityTable table) {

    static PauliBasis of(List<PauliProduct> group, int qubits) {
        int words = new PauliProduct(qubits).x.length;
        var wide = new ParityTable(128 * words);
        for (PauliProduct product : group) {
            long[] both = new long[2 * words];
            System.arraycopy(product.x, 0, both, 0, words);
            System.arraycopy(product.z, 0, both, words, words);
            wide.add(both);
        }
        ParityTable.Compressed compressed = wide.compressed();
        List<PauliProduct> products = new ArrayList<>();
        for (long[] both : compressed.basis()) {
            var product = new PauliProduct(qubits);
            int ys = 0;
            for (int w = 0; w < words; w++) {
                product.x[w] = both[w];
                product.z[w] = both[words + w];
                ys += Long.bitCount(both[w] & both[words + w]);
            }
            product.multiplyByI(ys);
            products.add(product);
        }
        return new PauliBasis(products, compressed.table());
    }

    PauliProduct product(long[] parity) {
        PauliProduct product = null;
        for (int k : ThirdOrderElimination.members(parity)) {
            if (product == null) {
                product = products.get(k).copy();
            } else {
                product.multiply(products.get(k));
            }
        }
        if (product == null) throw new IllegalArgumentException("an empty parity");
        return product;
    }

    /// The Clifford phase by which a group differs from positive rotations of another table.
    PhaseForm difference(List<PauliProduct> group, ParityTable reduced) {
        var form = new PhaseForm(table.variables);
        for (int i = 0; i < group.size(); i++) {
            boolean same = product(table.parity(i)).isNegative() == group.get(i).isNegative();
            form.addParity(table.parity(i), same ? 1 : -1);
        }
        for (int i = 0; i < reduced.size(); i++) form.addParity(reduced.parity(i), -1);
        if (!form.isClifford()) throw new IllegalStateException("a table of another second order");
        return form;
    }
}
