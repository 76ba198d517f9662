package org.qmk.qvm;

import java.util.List;

/// One thing that is wrong with a graph: the rule, the node and the facts.
///
/// @param rule what is broken
/// @param node index of the node, or `NO_NODE` where the graph as a whole is meant
/// @param facts values for the rule's placeholders, in the order in which they were found
public record Violation(Rule rule, int node, List<Fact> facts) {

    /// Stands for the node of a violation that concerns no single node.
    public static final int NO_NODE = -1;

    public Violation {
        facts = List.copyOf(facts);
    }

    /// A named value, as the placeholders of a rule's sentence want it.
    public record Fact(String name, String value) {}

    /// @param namesAndValues name, value, name, value ...
    public static Violation of(Rule rule, int node, String... namesAndValues) {
        Invariant.hold(namesAndValues.length % 2 == 0, "facts come in pairs");
        Fact[] facts = new Fact[namesAndValues.length / 2];
        for (int i = 0; i < facts.length; i++) {
            facts[i] = new Fact(namesAndValues[2 * i], namesAndValues[2 * i + 1]);
        }
        return new Violation(rule, node, List.of(facts));
    }

    public String code() {
        return rule.code();
    }

    /// What, where, what was expected, how to mend it.
    public String message() {
        String text = rule.sentence();
        for (Fact fact : facts) text = text.replace("{" + fact.name() + "}", fact.value());
        return text;
    }

    @Override
    public String toString() {
        return code() + ": " + message();
    }
}
