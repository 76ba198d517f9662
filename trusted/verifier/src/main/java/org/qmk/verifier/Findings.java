package org.qmk.verifier;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Rule;
import org.qmk.qvm.Violation;

/// Collects what is wrong with one graph, up to a bound, and counts the rest.
final class Findings {

    private static final int FACT_LETTERS_MAX = 200;

    private final Graph graph;
    private final List<Violation> violations = new ArrayList<>();
    private long omitted;

    Findings(Graph graph) {
        this.graph = graph;
    }

    boolean none() {
        return violations.isEmpty();
    }

    /// Adds a violation at a node, with the facts `node` and `op` and those given.
    ///
    /// @param facts name, value, name, value ...
    void at(Rule rule, int node, String... facts) {
        if (full()) return;
        String[] all = new String[facts.length + 4];
        all[0] = "node";
        all[1] = graph.label(node);
        all[2] = "op";
        all[3] = graph.opcode(node).mnemonic();
        System.arraycopy(facts, 0, all, 4, facts.length);
        keep(rule, node, all);
    }

    /// Adds a violation with the facts given and no others.
    ///
    /// @param node a node, or `Violation.NO_NODE`
    void add(Rule rule, int node, String... facts) {
        if (full()) return;
        keep(rule, node, facts.clone());
    }

    Rejected rejected() {
        violations.sort(
                Comparator.comparingInt(Violation::node).thenComparing(Violation::rule));
        return new Rejected(violations, omitted);
    }

    private boolean full() {
        if (violations.size() < Rejected.VIOLATIONS_MAX) return false;
        omitted++;
        return true;
    }

    private void keep(Rule rule, int node, String[] facts) {
        for (int i = 1; i < facts.length; i += 2) facts[i] = clipped(facts[i]);
        violations.add(Violation.of(rule, node, facts));
    }

    /// The text, or its beginning if it is too long to be read in a message.
    private static String clipped(String text) {
        if (text.length() <= FACT_LETTERS_MAX) return text;
        int end = Character.isHighSurrogate(text.charAt(FACT_LETTERS_MAX - 1)) ? 1 : 0;
        return text.substring(0, FACT_LETTERS_MAX - end) + "...";
    }
}
