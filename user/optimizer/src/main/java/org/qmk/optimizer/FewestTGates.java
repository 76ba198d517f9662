package org.qmk.optimizer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.qmk.optimizer.tcount.TCountReduction;
import org.qmk.optimizer.tcount.TCountSettings;
import org.qmk.qvm.Graph;

/// Searches for circuits of fewer T gates, and takes those that are worth their length.
///
/// Lists of gates are cut into pieces, and for each there are other forms: seven T gates as a CCZ,
/// three-qubit gates as T gates with what merges merged, and what `TCountReduction` finds. A CCZ or
/// Toffoli gate counts as four T gates. A form of fewer T gates may have many more other gates; so
/// the forms that take the fewest layers more for a T gate less are chosen first, and all together
/// take no more layers than is allowed. After `SEARCHED_MAX` T gates all pieces stay, so that the
/// time is bounded.
public final class FewestTGates implements GraphPass {

    private static final int PIECE_MAX = 1250;
    private static final long SEARCHED_MAX = 10_000;

    /// Small pieces are searched for less long: what can be found there is found soon.
    private static final long EFFORT_PER_SQUARE = 50_000;

    private final OptimizerSettings settings;

    /// @param settings whose target, ancillas and layers count
    public FewestTGates(OptimizerSettings settings) {
        this.settings = settings;
    }

    @Override
    public String title() {
        return "fewest T gates";
    }

    @Override
    public Graph apply(Graph graph) {
        Stretches stretches = Stretches.of(graph);
        var search = new Search();
        stretches.visit(search::look);
        search.choose();
        stretches.change(search::chosen);
        return stretches.graph();
    }

    /// Part of a list, and the form that it takes.
    private static final class Piece {

        private GateList gates;
        private long saved;
        private long added;

        Piece(GateList gates) {
            this.gates = gates;
        }
    }

    /// Another form of a piece.
    ///
    /// @param saved T gates less
    /// @param added layers more
    private record Form(Piece piece, GateList gates, long saved, long added) {

        double rate() {
            return (double) added / saved;
        }
    }

    /// First all lists are shown to `look`, then all again, in the same order, to `chosen`.
    private final class Search {

        private final List<Piece> pieces = new ArrayList<>();
        private final List<Form> forms = new ArrayList<>();
        private long searched;
        private int given;

        /// Looks for other forms of a list's pieces.
        ///
        /// @param plain whether no qubits and measurements may be added to this one
        void look(GateList list, boolean plain) {
            int from = 0;
            while (from < list.size()) {
                int to = end(list, from);
                var gates = new GateList(list.qubits());
                for (int i = from; i < to; i++) gates.addFrom(list, i);
                var piece = new Piece(gates);
                pieces.add(piece);
                searchPiece(piece, settings.ancillas() && !plain);
                from = to;
            }
        }

        private static int end(GateList list, int from) {
            int to = from;
            int count = 0;
            while (to < list.size() && count < PIECE_MAX) count += list.opcode(to++).tCount();
            return to;
        }

        private void searchPiece(Piece piece, boolean helped) {
            long count = tCount(piece.gates);
            if (searched + count > SEARCHED_MAX) return;
            searched += count;
            long effort = EFFORT_PER_SQUARE * count * count;
            var search = TCountSettings.DEFAULT;
            search = search.withEffort(Math.min(search.effort(), effort));
            if (settings.target() != OptimizerSettings.Target.CLIFFORD_T) {
                offer(piece, shorter(new ToffoliDetection().apply(piece.gates)));
            }
            if (hasLargeGates(piece.gates)) {
                var small = new ThreeQubitGates().apply(piece.gates);
                offer(piece, shorter(new PhaseFolding().apply(shorter(small))));
            }
            offer(piece, shorter(TCountReduction.reduce(piece.gates, search)));
            if (helped) offer(piece, TCountReduction.reduce(piece.gates, search.withAncillas()));
        }

        private static boolean hasLargeGates(GateList gates) {
            for (int i = 0; i < gates.size(); i++) {
                if (gates.third(i) != GateList.NONE) return true;
            }
            return false;
        }

        private static GateList shorter(GateList gates) {
            GateList shorter = new SingleQubitRuns().apply(new Cancellation().apply(gates));
            return new CliffordRuns().apply(shorter);
        }

        private void offer(Piece piece, GateList gates) {
            long saved = tCount(piece.gates) - tCount(gates);
            if (saved <= 0) return;
            forms.add(new Form(piece, gates, saved, gates.depth() - piece.gates.depth()));
        }

        private static long tCount(GateList gates) {
            long count = 0;
            for (int i = 0; i < gates.size(); i++) count += gates.opcode(i).tCount();
            return count;
        }

        /// Chooses among all forms. What saves more takes the place of what was chosen for a piece
        /// before, if there is room for it.
        void choose() {
            long total = 0;
            forms.sort(Comparator.comparingDouble(Form::rate));
            for (Form form : forms) {
                Piece piece = form.piece;
                long then = total - piece.added + form.added;
                if (form.saved <= piece.saved
                        || form.added > piece.added && then > settings.layers()) continue;
                total = then;
                piece.gates = form.gates;
                piece.saved = form.saved;
                piece.added = form.added;
            }
            forms.clear();
        }

        /// The list with its pieces as chosen. Ancillas come after its qubits and end in 0.
        GateList chosen(GateList list) {
            var out = new GateList(list.qubits());
            int from = 0;
            while (from < list.size()) {
                from = end(list, from);
                append(out, pieces.get(given));
                pieces.set(given++, null);
            }
            return out;
        }

        /// Every piece has the same ancillas, as each leaves them in 0.
        private static void append(GateList out, Piece piece) {
            GateList gates = piece.gates;
            while (out.qubits() < gates.qubits()) out.addQubit();
            int[] events = new int[gates.events()];
            for (int event = 0; event < events.length; event++) events[event] = out.addEvent();
            for (int i = 0; i < gates.size(); i++) out.addFrom(gates, i, events);
        }
    }
}
