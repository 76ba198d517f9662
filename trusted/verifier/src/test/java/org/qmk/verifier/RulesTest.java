package org.qmk.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qmk.verifier.GraphSketch.all;
import static org.qmk.verifier.GraphSketch.any;
import static org.qmk.verifier.GraphSketch.is;
import static org.qmk.verifier.GraphSketch.not;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Capability;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Limits;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.PauliString;
import org.qmk.qvm.Rule;
import org.qmk.qvm.Violation;

/// Each rule of the verifier refuses one graph, for that alone, and accepts its twin one step away.
class RulesTest {

    /// What only a reader of some form can see.
    private static final Set<Rule> OF_READERS =
            EnumSet.of(
                    Rule.NAME_NODE_TWICE,
                    Rule.NAME_NODE_UNKNOWN,
                    Rule.TYPE_VALUE,
                    Rule.TYPE_ALLOC_COUNT,
                    Rule.CAP_UNKNOWN);

    /// The first qubit declared beyond those of `GraphSketch`.
    private static final int QUBIT_A = GraphSketch.QUBITS;

    record Twins(Rule rule, String name, Limits limits, Graph refused, Graph accepted) {
        @Override
        public String toString() {
            return rule + " " + name;
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void a_rule_refuses_one_graph_and_accepts_its_twin(Twins twins) {
        Verdict accepted = Verifier.verify(twins.accepted, twins.limits);
        Verdict refused = Verifier.verify(twins.refused, twins.limits);

        assertEquals(List.of(), GraphSketch.codes(accepted), () -> accepted.toString());
        Set<Rule> rules = EnumSet.noneOf(Rule.class);
        for (Violation violation : violations(refused)) rules.add(violation.rule());
        assertEquals(EnumSet.of(twins.rule), rules, () -> refused.toString());
        for (Violation violation : violations(refused)) {
            assertFalse(violation.message().contains("{"), violation.message());
            assertFalse(violation.message().contains("none"), violation.message());
            for (Violation.Fact fact : violation.facts()) {
                String placeholder = "{" + fact.name() + "}";
                assertTrue(violation.rule().sentence().contains(placeholder), placeholder);
            }
        }
    }

    @Test
    void every_rule_of_the_verifier_has_twins() {
        Set<Rule> missing = EnumSet.allOf(Rule.class);

        missing.removeAll(OF_READERS);
        missing.removeIf(rule -> rule.code().startsWith("QVM-FORM"));
        twins().forEach(twins -> missing.remove(twins.rule));

        assertEquals(Set.of(), missing);
    }

    private static List<Violation> violations(Verdict verdict) {
        return assertInstanceOf(Rejected.class, verdict).violations();
    }

    static Stream<Twins> twins() {
        List<Twins> twins = new ArrayList<>();
        names(twins);
        types(twins);
        linear(twins);
        channels(twins);
        events(twins);
        guards(twins);
        order(twins);
        regions(twins);
        bounds(twins);
        families(twins);
        return twins.stream();
    }

    private static void add(
            List<Twins> twins, Rule rule, String name, GraphSketch no, GraphSketch yes) {
        twins.add(new Twins(rule, name, Limits.DEFAULT, no.graph(), yes.graph()));
    }

    private static void add(
            List<Twins> twins,
            Rule rule,
            String name,
            Limits limits,
            GraphSketch no,
            GraphSketch yes) {
        twins.add(new Twins(rule, name, limits, no.graph(), yes.graph()));
    }

    private static GraphSketch declaring(String... names) {
        var program = new GraphSketch();
        for (String name : names) program.builder.declareQubit(name);
        return program;
    }

    private static void names(List<Twins> twins) {
        for (String bad : new String[] {"", "1a", "a b", "a\u00e9", ".a", "a(", "-", "[0]"}) {
            add(
                    twins,
                    Rule.NAME_FORM,
                    "'" + bad + "'",
                    declaring(bad),
                    declaring("_" + "aZ0.-$[3]"));
        }
        add(twins, Rule.NAME_TWICE, "qubits", declaring("a", "b", "a"), declaring("a", "b", "A"));
        add(
                twins,
                Rule.NAME_TWICE,
                "equal hashes",
                declaring("AaBB", "BBAa", "AaBB"),
                declaring("AaBB", "BBAa", "AaAa"));
        var undeclared = new GraphSketch();
        undeclared.alloc(undeclared.builder.undeclaredQubit("a")).free(QUBIT_A);
        var declared = declaring("a").alloc(QUBIT_A).free(QUBIT_A);
        add(twins, Rule.NAME_UNDECLARED, "qubit", undeclared, declared);
        var unknownEvent = new GraphSketch().alloc(0).measure(0, 0);
        unknownEvent.gate(Opcode.APPLY_X, 0).when(all(is(0), is(999))).free(0);
        var knownEvent = new GraphSketch().alloc(0).measure(0, 0);
        knownEvent.gate(Opcode.APPLY_X, 0).when(all(is(0), is(0))).free(0);
        add(twins, Rule.NAME_UNDECLARED, "event in a guard", unknownEvent, knownEvent);
        add(
                twins,
                Rule.NAME_OUTPUT_TWICE,
                "",
                measured().output("a", 0).output("a", 0),
                measured().output("a", 0).output("b", 0));
    }

    private static GraphSketch measured() {
        return new GraphSketch().alloc(0).measure(0, 0).free(0);
    }

    private static void types(List<Twins> twins) {
        add(
                twins,
                Rule.TYPE_QUBITS,
                "CNOT",
                new GraphSketch().alloc(0).gate(Opcode.APPLY_CNOT, 0).free(0),
                new GraphSketch().alloc(0, 1).gate(Opcode.APPLY_CNOT, 0, 1).free(0, 1));
        add(
                twins,
                Rule.TYPE_QUBITS,
                "FREE of nothing",
                new GraphSketch().free(),
                new GraphSketch());
        var channelled = new GraphSketch().alloc(0, 1).open(0, 0, 1).gate(Opcode.APPLY_H, 0);
        channelled.builder.channel(0);
        add(
                twins,
                Rule.TYPE_CHANNELS,
                "H",
                channelled.close(0).free(0, 1),
                new GraphSketch()
                        .alloc(0, 1)
                        .open(0, 0, 1)
                        .gate(Opcode.APPLY_H, 0)
                        .close(0)
                        .free(0, 1));
        add(
                twins,
                Rule.TYPE_INPUTS,
                "XOR",
                measured().logic(Opcode.EV_XOR, 1, 0),
                measured().logic(Opcode.EV_XOR, 1, 0, 0));
        var silent = new GraphSketch().alloc(0).gate(Opcode.MEASURE_Z, 0).free(0);
        add(twins, Rule.TYPE_OUTPUTS, "MEASURE_Z", silent, measured());
        var bare = new GraphSketch();
        bare.builder.node(Opcode.ALLOC_LQ).qubit(0);
        add(twins, Rule.TYPE_ARGUMENT, "ALLOC", bare.free(0), new GraphSketch().alloc(0).free(0));
        var mixed = new GraphSketch().alloc(0);
        mixed.builder.node(Opcode.MEASURE_Z).output(0).qubit(0);
        add(twins, Rule.TYPE_ARGUMENT, "order of handles", mixed.free(0), measured());
        add(twins, Rule.TYPE_PAULI_LENGTH, "", measured2("XX", 1), measured2("XX", 1, 2));
        add(twins, Rule.TYPE_PAULI_IDENTITY, "", measured2("-II", 1, 2), measured2("-IZ", 1, 2));
        add(
                twins,
                Rule.TYPE_CORRECTION,
                "input",
                new GraphSketch().alloc(0).correct("X", 0).free(0),
                new GraphSketch().alloc(0).measure(0, 0).correct("X", 0, 0).free(0));
        add(
                twins,
                Rule.TYPE_CORRECTION,
                "guard",
                new GraphSketch().alloc(0).correct("X", 0).free(0),
                new GraphSketch().alloc(0).measure(0, 0).correct("X", 0).when(is(0)).free(0));
    }

    private static GraphSketch measured2(String pauli, int... qubits) {
        var program = new GraphSketch().alloc(1, 2);
        program.builder.node(Opcode.MEASURE_PAULI).qubits(qubits).output(0);
        program.builder.argument(new Argument.Pauli(PauliString.of(pauli)));
        return program.free(1, 2);
    }

    private static void linear(List<Twins> twins) {
        var live = new GraphSketch().alloc(0).gate(Opcode.APPLY_H, 0).free(0);
        add(
                twins,
                Rule.LINEAR_BEFORE_ALLOC,
                "use",
                new GraphSketch().gate(Opcode.APPLY_H, 0).alloc(0).free(0),
                live);
        add(twins, Rule.LINEAR_BEFORE_ALLOC, "free", new GraphSketch().free(0), new GraphSketch());
        add(
                twins,
                Rule.LINEAR_BEFORE_ALLOC,
                "use that never happens",
                new GraphSketch().gate(Opcode.APPLY_H, 0).when(any()).alloc(0).free(0),
                new GraphSketch().alloc(0).gate(Opcode.APPLY_H, 0).when(any()).free(0));
        add(
                twins,
                Rule.LINEAR_AFTER_FREE,
                "use",
                new GraphSketch().alloc(0).free(0).gate(Opcode.APPLY_H, 0),
                live);
        add(
                twins,
                Rule.LINEAR_AFTER_FREE,
                "free",
                new GraphSketch().alloc(0).free(0).free(0),
                new GraphSketch().alloc(0).free(0).alloc(0).free(0));
        add(
                twins,
                Rule.LINEAR_TWICE_IN_NODE,
                "CZ",
                new GraphSketch().alloc(0).gate(Opcode.APPLY_CZ, 0, 0).free(0),
                new GraphSketch().alloc(0, 1).gate(Opcode.APPLY_CZ, 0, 1).free(0, 1));
        add(
                twins,
                Rule.LINEAR_TWICE_IN_NODE,
                "ALLOC",
                new GraphSketch().alloc(0, 0).free(0),
                new GraphSketch().alloc(0).free(0));
        add(
                twins,
                Rule.LINEAR_DOUBLE_ALLOC,
                "",
                new GraphSketch().alloc(0).alloc(0).free(0),
                new GraphSketch().alloc(0).alloc(1).free(0, 1));
        add(
                twins,
                Rule.LINEAR_LEAK,
                "",
                new GraphSketch().alloc(0, 1).free(0),
                new GraphSketch().alloc(0, 1).free(0, 1));
        add(
                twins,
                Rule.LINEAR_LEAK,
                "on one path",
                conditional(not(0), is(0), all(is(0), is(1))),
                conditional(not(0), is(0), is(0)));
    }

    /// Allocates q0 and frees it, and q1 under a guard; uses and frees it under others.
    private static GraphSketch conditional(Guard made, Guard used, Guard freed) {
        Guard opposite = made.equals(not(0)) ? is(0) : made;
        return new GraphSketch()
                .alloc(0)
                .measure(0, 0)
                .measure(0, 1)
                .alloc(1)
                .when(opposite)
                .gate(Opcode.APPLY_H, 1)
                .when(used)
                .free(1)
                .when(freed)
                .free(0);
    }

    private static void channels(List<Twins> twins) {
        var open = new GraphSketch().alloc(0, 1).open(0, 0, 1).close(0).free(0, 1);
        add(twins, Rule.CHAN_BEFORE_OPEN, "", new GraphSketch().close(0), open);
        add(
                twins,
                Rule.CHAN_AFTER_CLOSE,
                "",
                new GraphSketch().alloc(0, 1).open(0, 0, 1).close(0).close(0).free(0, 1),
                open);
        add(
                twins,
                Rule.CHAN_DOUBLE_OPEN,
                "",
                new GraphSketch().alloc(0, 1).open(0, 0, 1).open(0, 0, 1).close(0).free(0, 1),
                open);
        add(
                twins,
                Rule.CHAN_LEAK,
                "",
                new GraphSketch().alloc(0, 1).open(0, 0, 1).free(0, 1),
                open);
        add(
                twins,
                Rule.GUARD_LIVE,
                "channel",
                new GraphSketch()
                        .alloc(0, 1)
                        .measure(0, 0)
                        .open(0, 0, 1)
                        .when(is(0))
                        .close(0)
                        .free(0, 1),
                new GraphSketch()
                        .alloc(0, 1)
                        .measure(0, 0)
                        .open(0, 0, 1)
                        .when(is(0))
                        .close(0)
                        .when(is(0))
                        .free(0, 1));
    }

    private static void events(List<Twins> twins) {
        add(
                twins,
                Rule.EVENT_TWICE,
                "two nodes",
                measured().constant(0, true),
                measured().constant(1, true));
        var bell = new GraphSketch().alloc(0, 1).gate(Opcode.MEASURE_BELL, 0, 1);
        bell.builder.output(0).output(0);
        var pair = new GraphSketch().alloc(0, 1).gate(Opcode.MEASURE_BELL, 0, 1);
        pair.builder.output(0).output(1);
        add(twins, Rule.EVENT_TWICE, "one node", bell.free(0, 1), pair.free(0, 1));
        add(
                twins,
                Rule.EVENT_BEFORE,
                "input",
                new GraphSketch().logic(Opcode.EV_NOT, 1, 0),
                measured().logic(Opcode.EV_NOT, 1, 0));
        add(
                twins,
                Rule.EVENT_BEFORE,
                "itself",
                new GraphSketch().logic(Opcode.EV_NOT, 0, 0),
                measured().logic(Opcode.EV_NOT, 1, 0));
        add(
                twins,
                Rule.EVENT_BEFORE,
                "guard",
                new GraphSketch()
                        .alloc(0)
                        .gate(Opcode.APPLY_H, 0)
                        .when(is(0))
                        .measure(0, 0)
                        .free(0),
                new GraphSketch()
                        .alloc(0)
                        .measure(0, 0)
                        .gate(Opcode.APPLY_H, 0)
                        .when(is(0))
                        .free(0));
        add(
                twins,
                Rule.EVENT_GUARD,
                "input",
                guarded().logic(Opcode.EV_NOT, 2, 1).free(0),
                guarded().logic(Opcode.EV_NOT, 2, 1).when(all(is(0))).free(0));
        add(
                twins,
                Rule.EVENT_GUARD,
                "guard",
                guarded().gate(Opcode.APPLY_H, 0).when(is(1)).free(0),
                guarded().gate(Opcode.APPLY_H, 0).when(all(is(1), is(0))).free(0));
        add(
                twins,
                Rule.EVENT_GUARD,
                "default",
                guarded().logic(Opcode.EV_NOT, 2, 1).free(0),
                guarded().toZero(1).logic(Opcode.EV_NOT, 2, 1).free(0));
        add(
                twins,
                Rule.EVENT_GUARD,
                "opposite",
                guarded().gate(Opcode.APPLY_H, 0).when(all(is(1), not(0))).free(0),
                guarded().gate(Opcode.APPLY_H, 0).when(all(is(1), is(0))).free(0));
        add(twins, Rule.EVENT_NEVER, "", measured().output("a", 1), measured().output("a", 0));
        add(
                twins,
                Rule.EVENT_OUTPUT,
                "",
                guarded().free(0).output("a", 1),
                guarded().free(0).output("a", 1).toZero(1));
        add(
                twins,
                Rule.EVENT_OUTPUT,
                "all paths",
                guarded().free(0).output("a", 1),
                new GraphSketch()
                        .alloc(0)
                        .measure(0, 0)
                        .measure(0, 1)
                        .when(any(is(0), not(0)))
                        .free(0)
                        .output("a", 1));
    }

    /// Measures m0, and m1 where m0 is 1.
    private static GraphSketch guarded() {
        return new GraphSketch().alloc(0).measure(0, 0).measure(0, 1).when(is(0));
    }

    private static void guards(List<Twins> twins) {
        add(
                twins,
                Rule.GUARD_LIVE,
                "use",
                conditional(is(0), is(1), is(0)),
                conditional(is(0), all(is(1), is(0)), is(0)));
        add(
                twins,
                Rule.GUARD_LIVE,
                "free",
                conditional(is(0), is(0), any(is(0), is(1))),
                conditional(is(0), is(0), any(is(0), all(is(0), is(1)))));
        var overlapping =
                new GraphSketch()
                        .alloc(0)
                        .measure(0, 0)
                        .measure(0, 1)
                        .alloc(1)
                        .when(is(0))
                        .alloc(1)
                        .when(is(1))
                        .free(1)
                        .when(any(is(0), is(1)))
                        .free(0);
        var apart =
                new GraphSketch()
                        .alloc(0)
                        .measure(0, 0)
                        .measure(0, 1)
                        .alloc(1)
                        .when(is(0))
                        .alloc(1)
                        .when(all(is(1), not(0)))
                        .free(1)
                        .when(any(is(0), is(1)))
                        .free(0);
        add(twins, Rule.GUARD_MAKE, "", overlapping, apart);
        Limits few = limits("guardAnalysis", 8);
        Guard sums = all(any(is(0), is(1)), any(is(2), is(3)), any(is(4), is(5)));
        Guard samePaths = all(any(is(5), is(4)), any(is(1), is(0)), any(is(2), is(3)));
        add(
                twins,
                Rule.GUARD_ANALYSIS,
                "qubit",
                few,
                allocated(sums, samePaths),
                allocated(is(0), is(0)));
        add(twins, Rule.GUARD_ANALYSIS, "event", few, read(sums, samePaths), read(is(0), is(0)));
    }

    private static GraphSketch allocated(Guard made, Guard freed) {
        var program = new GraphSketch().alloc(0);
        for (int i = 0; i < 6; i++) program.measure(0, i);
        return program.alloc(1).when(made).free(1).when(freed).free(0);
    }

    private static GraphSketch read(Guard made, Guard read) {
        var program = new GraphSketch().alloc(0);
        for (int i = 0; i < 6; i++) program.measure(0, i);
        return program.measure(0, 6).when(made).logic(Opcode.EV_NOT, 7, 6).when(read).free(0);
    }

    private static void order(List<Twins> twins) {
        add(
                twins,
                Rule.DAG_CYCLE,
                "one qubit",
                new GraphSketch().alloc(0).gate(Opcode.APPLY_H, 0).free(0).after(1, 2),
                new GraphSketch().alloc(0).gate(Opcode.APPLY_H, 0).free(0).after(2, 1));
        add(
                twins,
                Rule.DAG_CYCLE,
                "two qubits",
                new GraphSketch().alloc(0).alloc(1).free(0).free(1).after(0, 3).after(1, 2),
                new GraphSketch().alloc(0).alloc(1).free(0).free(1).after(0, 3));
        add(
                twins,
                Rule.DAG_CYCLE,
                "itself",
                new GraphSketch().region("a").after(0, 0),
                new GraphSketch().region("a").region("b").after(0, 1));
        add(
                twins,
                Rule.DAG_CYCLE,
                "a fence",
                new GraphSketch().alloc(0).fence().alloc(1).free(0, 1).after(0, 2),
                new GraphSketch().alloc(0).region("a").alloc(1).free(0, 1).after(0, 2));
        add(
                twins,
                Rule.DAG_CYCLE,
                "an input",
                measured().logic(Opcode.EV_NOT, 1, 0).after(1, 3),
                measured().constant(1, true).after(1, 3));
        add(
                twins,
                Rule.DAG_CYCLE,
                "a guard",
                new GraphSketch()
                        .alloc(0, 1)
                        .measure(0, 0)
                        .gate(Opcode.APPLY_H, 1)
                        .when(is(0))
                        .free(0, 1)
                        .after(1, 2),
                new GraphSketch()
                        .alloc(0, 1)
                        .measure(0, 0)
                        .gate(Opcode.APPLY_H, 1)
                        .free(0, 1)
                        .after(1, 2));
        add(
                twins,
                Rule.DAG_RANGE,
                "target",
                new GraphSketch().region("a").after(0, 1),
                new GraphSketch().region("a").region("b").after(0, 1));
        add(
                twins,
                Rule.DAG_RANGE,
                "node",
                new GraphSketch().region("a").after(-1, 0),
                new GraphSketch().region("a"));
        add(
                twins,
                Rule.DAG_RANGE,
                "negative",
                new GraphSketch().region("a").after(0, -7),
                new GraphSketch().region("a"));
    }

    private static void regions(List<Twins> twins) {
        var right =
                new GraphSketch()
                        .alloc(0)
                        .region("rev+a")
                        .gate(Opcode.APPLY_H, 0)
                        .fence()
                        .region("rev-a")
                        .measure(0, 0)
                        .free(0);
        add(
                twins,
                Rule.REV_IRREVERSIBLE,
                "",
                new GraphSketch()
                        .alloc(0)
                        .region("rev+a")
                        .gate(Opcode.APPLY_H, 0)
                        .measure(0, 0)
                        .region("rev-a")
                        .free(0),
                right);
        add(
                twins,
                Rule.REV_UNBALANCED,
                "open",
                new GraphSketch().region("rev+a"),
                new GraphSketch().region("rev+a").region("rev-a"));
        add(
                twins,
                Rule.REV_UNBALANCED,
                "closed",
                new GraphSketch().region("rev-a"),
                new GraphSketch().region("rev"));
        add(
                twins,
                Rule.REV_UNBALANCED,
                "twice",
                new GraphSketch().region("rev+a").region("rev+a").region("rev-a"),
                new GraphSketch().region("rev+a").region("rev+b").region("rev-a").region("rev-b"));
    }

    private static void bounds(List<Twins> twins) {
        var line = new GraphSketch().alloc(0).gate(Opcode.APPLY_H, 0).free(0);
        add(
                twins,
                Rule.BOUND,
                "nodes",
                limits("nodes", 3),
                new GraphSketch().alloc(0).gate(Opcode.APPLY_H, 0).fence().free(0),
                line);
        add(
                twins,
                Rule.BOUND,
                "qubits",
                limits("qubits", GraphSketch.QUBITS),
                declaring("a"),
                line);
        var channel = new GraphSketch();
        channel.builder.declareChannel("a");
        add(twins, Rule.BOUND, "channels", limits("channels", GraphSketch.CHANNELS), channel, line);
        var event = new GraphSketch();
        event.builder.declareEvent("a");
        add(twins, Rule.BOUND, "events", limits("events", GraphSketch.EVENTS), event, line);
        add(
                twins,
                Rule.BOUND,
                "operands",
                limits("operands", 2),
                new GraphSketch().alloc(0, 1, 2).free(0, 1).free(2),
                new GraphSketch().alloc(0, 1).alloc(2).free(0, 1).free(2));
        add(
                twins,
                Rule.BOUND,
                "guardTerms",
                limits("guardTerms", 2),
                gateWhen(any(is(0), is(0), is(0))),
                gateWhen(any(is(0), is(0))));
        add(
                twins,
                Rule.BOUND,
                "terms that are empty",
                limits("guardTerms", 2),
                gateWhen(any(is(0), all(), all())),
                gateWhen(any(is(0), all())));
        add(
                twins,
                Rule.BOUND,
                "guardDepth",
                limits("guardDepth", 1),
                gateWhen(all(any(is(0)))),
                gateWhen(all(is(0))));
        add(
                twins,
                Rule.BOUND,
                "pauliLength",
                limits("pauliLength", 1),
                measured2("XX", 1, 2),
                measured2("X", 1));
        add(
                twins,
                Rule.BOUND,
                "nameBytes",
                limits("nameBytes", 3),
                declaring("abcd"),
                declaring("abc"));
        add(
                twins,
                Rule.BOUND,
                "textBytes",
                limits("textBytes", 5),
                new GraphSketch().region("abcdef"),
                new GraphSketch().region("abcde"));
        var longLabel = new GraphSketch().fence();
        longLabel.builder.label("abcdef");
        var shortLabel = new GraphSketch().fence();
        shortLabel.builder.label("abcde");
        add(twins, Rule.BOUND, "label", limits("textBytes", 5), longLabel, shortLabel);
        add(
                twins,
                Rule.BOUND,
                "textBytes in UTF-8",
                limits("textBytes", 5),
                new GraphSketch().region("\u20ac\u20ac"),
                new GraphSketch().region("\u20acab"));
        add(
                twins,
                Rule.BOUND,
                "textBytes of a policy",
                limits("textBytes", 5),
                policy("ab", "cde"),
                policy("ab", "cd"));
        add(
                twins,
                Rule.BOUND,
                "afterEdges",
                limits("afterEdges", 1),
                new GraphSketch().fence().fence().after(1, 0).after(1, 0),
                new GraphSketch().fence().fence().after(1, 0));
    }

    private static GraphSketch gateWhen(Guard guard) {
        return new GraphSketch().alloc(0).measure(0, 0).gate(Opcode.APPLY_H, 0).when(guard).free(0);
    }

    private static GraphSketch policy(String key, String value) {
        var program = new GraphSketch();
        program.builder.node(Opcode.SET_POLICY);
        program.builder.argument(
                new Argument.Policy(List.of(new Argument.Policy.Entry(key, value))));
        return program;
    }

    private static void families(List<Twins> twins) {
        var unknown = new GraphSketch().fence();
        unknown.builder.require("core/2");
        var known = new GraphSketch().fence();
        known.builder.require("link/1");
        add(twins, Rule.FAMILY_UNKNOWN, "", unknown, known);
        twins.add(
                new Twins(
                        Rule.FAMILY_MISSING,
                        "",
                        Limits.DEFAULT,
                        asking(false, true),
                        asking(true, true)));
        twins.add(
                new Twins(
                        Rule.CAP_MISSING,
                        "",
                        Limits.DEFAULT,
                        asking(true, false),
                        asking(true, true)));
    }

    private static Graph asking(boolean family, boolean capability) {
        var builder = new GraphBuilder();
        int qubit = builder.declareQubit("q");
        builder.node(Opcode.ALLOC_LQ).qubit(qubit).argument(new Argument.Profile(""));
        builder.node(Opcode.FREE_LQ).qubit(qubit);
        builder.require(family ? "core/1" : "link/1");
        if (capability) builder.request(Capability.ALLOC);
        return builder.build();
    }

    /// The default limits, but for one.
    private static Limits limits(String field, int max) {
        var fields = Limits.class.getRecordComponents();
        Object[] values = new Object[fields.length];
        Class<?>[] types = new Class<?>[fields.length];
        try {
            for (int i = 0; i < fields.length; i++) {
                boolean changed = fields[i].getName().equals(field);
                values[i] = changed ? max : fields[i].getAccessor().invoke(Limits.DEFAULT);
                types[i] = fields[i].getType();
            }
            return Limits.class.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
