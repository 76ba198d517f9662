package org.qmk.verifier;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.qmk.qvm.*;

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

    Rejected rejected() {
        violations.sort(Comparator.comparingInt(Violation::node).thenComparing(Violation::rule));
        return new Rejected(violations, omitted);
    }

    /// Adds a violation at a node, with the facts `node` and `op` and those given.
    ///
    /// @param facts name, value, name, value ...
    void at(Rule rule, int node, String... facts) {
        List<String> all = new ArrayList<>();
        all.addAll(List.of("node", graph.label(node), "op", graph.opcode(node).mnemonic()));
        all.addAll(List.of(facts));
        add(rule, node, all.toArray(new String[0]));
    }

    /// Adds a violation with those facts that the rule's sentence speaks of; long ones are cut.
    ///
    /// @param node a node, or `Violation.NO_NODE`
    void add(Rule rule, int node, String... facts) {
        if (violations.size() == Rejected.VIOLATIONS_MAX) {
            omitted++;
            return;
        }
        List<Violation.Fact> told = new ArrayList<>();
        for (int i = 0; i < facts.length; i += 2) {
            boolean cut = facts[i + 1].length() > FACT_LETTERS_MAX;
            String value = cut ? facts[i + 1].substring(0, FACT_LETTERS_MAX) + "..." : facts[i + 1];
            boolean asked = rule.sentence().contains("{" + facts[i] + "}");
            if (asked) told.add(new Violation.Fact(facts[i], value));
        }
        violations.add(new Violation(rule, node, told));
    }

    /// Adds a violation if a limit is exceeded.
    ///
    /// @param node a node, or `Violation.NO_NODE`
    /// @param limit name of the field of `Limits`
    void bound(int node, int found, String limit, int max) {
        if (found <= max) return;
        String where = node < 0 ? "the graph" : "node " + graph.label(node);
        bound(node, where, "" + found, limit, max);
    }

    /// Adds a violation of a limit.
    void bound(int node, String where, String found, String limit, int max) {
        add(Rule.BOUND, node, "where", where, "found", found, "limit", limit, "max", "" + max);
    }

    /// Adds that a node uses a handle that is not declared.
    void undeclared(int node, String kind, NameTable names, int index) {
        at(Rule.NAME_UNDECLARED, node, "kind", kind, "name", name(names, index));
    }

    /// A name, or a number where there is none.
    static String name(NameTable names, int index) {
        return index >= 0 && index < names.size() ? names.name(index) : "number " + index;
    }
}
