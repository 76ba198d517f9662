package org.qmk.verifier;

import java.util.List;
import java.util.stream.IntStream;
import org.qmk.qvm.*;

/// What guards and events say, as functions in a decision
///
/// The variables are the bits that a run brings: one for each measured event, and one for each
/// event on the paths where no node makes it and no default holds. An event that a node makes
/// under guard g is, as a function, "if g then what the node makes, else 0 if the event defaults
/// to 0, else a variable". What a measurement makes is a variable; what event logic makes is
/// computed from its inputs, through at most `LEVELS_MAX` definitions, and is a variable where that
/// is too involved. Functions are built on demand: a graph whose qubits are allocated and events
/// made without guards needs none.
final class Conditions extends DecisionDiagram {
    private static final int LEVELS_MAX = 256;

    private final Graph graph;
    private final Limits limits;
    private final Findings findings;

    /// By event: 1 + the node that makes it, 0 if none was met yet. Shared with `EventFlow`.
    private final int[] makers;

    // By guard: whether it keeps the limits.
    private final boolean[] fits;

    // By guard and by event: 2 + the function, 0 if not computed yet; empty until the first use.
    private int[] guardFunctions = new int[0];
    private int[] eventFunctions = new int[0];

    /// Whether the guard measured last has more levels than allowed.
    private boolean tooDeep;

    Conditions(Graph graph, Limits limits, Findings findings, int[] makers) {
        super(limits.guardAnalysis());
        this.graph = graph;
        this.limits = limits;
        this.findings = findings;
        this.makers = makers;
        this.fits = new boolean[graph.guardCount()];
        for (int guard = 0; guard < fits.length; guard++) {
            fits[guard] = terms(guard) <= limits.guardTerms() && !tooDeep;
        }
    }

    /// Whether the guard of a node keeps the limits; reports it if not. What is empty or always
    /// inside a guard counts as one term.
    boolean fits(int node) {
        if (fits[graph.guardIndex(node)]) return true;
        terms(graph.guardIndex(node));
        int max = tooDeep ? limits.guardDepth() : limits.guardTerms();
        String limit = tooDeep ? "guardDepth" : "guardTerms";
        String where = "the guard of node " + graph.label(node);
        findings.bound(node, where, "more than " + max, limit, max);
        return false;
    }

    /// The events of a guard, ascending, each once; none for a guard that is too large.
    int[] events(int guard) {
        if (!fits[guard]) return new int[0];
        return graph.guardAt(guard) instanceof Guard.Is(int event, boolean _)
                ? new int[] {event}
                : events(graph.guardAt(guard)).sorted().distinct().toArray();
    }

    private static IntStream events(Guard guard) {
        return switch (guard) {
            case Guard.Always() -> IntStream.empty();
            case Guard.Is(int event, boolean _) -> IntStream.of(event);
            case Guard.All(var parts) -> parts.stream().flatMapToInt(Conditions::events);
            case Guard.Any(var parts) -> parts.stream().flatMapToInt(Conditions::events);
        };
    }

    /// The function of a guard, UNKNOWN if it is too large or too involved.
    int ofGuard(int guard) {
        return ofGuard(guard, LEVELS_MAX);
    }

    /// Where the guard of one index holds and that of another does not.
    int excess(int guard, int other) {
        return guard == other || other == 0 ? NEVER : butNot(ofGuard(guard), ofGuard(other));
    }

    /// Reports that an analysis gave up; not if what it stumbled over was reported already.
    void reportUnknown(int node, String kind, String name) {
        if (!gaveUp && !findings.none()) return;
        String max = "" + limits.guardAnalysis();
        findings.at(Rule.GUARD_ANALYSIS, node, "kind", kind, "name", name, "max", max);
    }

    private int terms(int guard) {
        tooDeep = false;
        return terms(graph.guardAt(guard), limits.guardDepth());
    }

    private int terms(Guard guard, int levels) {
        return switch (guard) {
            case Guard.Always(), Guard.Is _ -> 1;
            case Guard.All(var parts) -> terms(parts, levels);
            case Guard.Any(var parts) -> terms(parts, levels);
        };
    }

    /// Stops at the first excess, so that the limits bound the work whatever the guard.
    private int terms(List<Guard> parts, int levels) {
        tooDeep |= levels == 0;
        int terms = parts.isEmpty() ? 1 : 0;
        for (int i = 0; i < parts.size() && !tooDeep && terms <= limits.guardTerms(); i++) {
            terms += terms(parts.get(i), levels - 1);
        }
        return terms;
    }

    private int ofGuard(int guard, int levels) {
        if (guard == 0) return ALWAYS;
        if (!fits[guard]) return UNKNOWN;
        if (guardFunctions.length == 0) guardFunctions = new int[graph.guardCount()];
        if (guardFunctions[guard] < 2) {
            guardFunctions[guard] = 2 + evaluate(graph.guardAt(guard), levels);
        }
        return guardFunctions[guard] - 2;
    }

    private int evaluate(Guard guard, int levels) {
        return switch (guard) {
            case Guard.Always() -> ALWAYS;
            case Guard.Is(int event, boolean value) ->
                    value ? ofEvent(event, levels) : not(ofEvent(event, levels));
            case Guard.All(var parts) -> fold(AND, evaluate(parts, levels - 1));
            case Guard.Any(var parts) -> fold(OR, evaluate(parts, levels - 1));
        };
    }

    private int[] evaluate(List<Guard> parts, int levels) {
        if (levels < 0) return new int[] {UNKNOWN};
        int[] functions = new int[parts.size()];
        for (int i = 0; i < functions.length; i++) functions[i] = evaluate(parts.get(i), levels);
        return functions;
    }

    /// Combines from the last to the first: earlier functions have earlier variables, which are
    /// nearer to the root, and so each step is short.
    private int fold(int operation, int[] functions) {
        int result = operation == AND ? ALWAYS : NEVER;
        for (int i = functions.length - 1; i >= 0; i--) {
            result = apply(operation, functions[i], result);
        }
        return result;
    }

    private int ofEvent(int event, int levels) {
        // What is not there or not made yet was reported where it is read.
        if (event < 0 || event >= makers.length || makers[event] == 0) return UNKNOWN;
        if (eventFunctions.length == 0) eventFunctions = new int[makers.length];
        if (eventFunctions[event] == 0) {
            // UNKNOWN while its sources are computed: an event made from itself ends there.
            eventFunctions[event] = 2 + UNKNOWN;
            int made = levels > 0 ? define(event, levels - 1) : UNKNOWN;
            eventFunctions[event] = 2 + (made == UNKNOWN ? variable() : made);
        }
        return eventFunctions[event] - 2;
    }

    /// The function of an event, UNKNOWN if it is a variable or too involved.
    private int define(int event, int levels) {
        int node = makers[event] - 1;
        int guard = graph.guardIndex(node);
        int made = logic(node, levels);
        boolean toZero = graph.defaultsToZero(event);
        if (guard == 0 || made == UNKNOWN && !toZero) return made;
        int holds = ofGuard(guard, levels);
        int there = apply(AND, holds, made == UNKNOWN ? variable() : made);
        if (toZero) return there;
        return apply(OR, there, butNot(variable(), holds));
    }

    /// What event logic makes, UNKNOWN if the node is none or too involved.
    private int logic(int node, int levels) {
        int[] inputs = new int[graph.count(node, Operand.Kind.INPUT)];
        int start = graph.operandStart(node);
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = ofEvent(Operand.index(graph.operand(start + i)), levels);
        }
        Opcode opcode = graph.opcode(node);
        if (opcode == Opcode.EV_XOR) return fold(XOR, inputs);
        if (opcode == Opcode.EV_AND) return fold(AND, inputs);
        if (opcode == Opcode.EV_OR) return fold(OR, inputs);
        if (opcode == Opcode.EV_NOT && inputs.length == 1) return not(inputs[0]);
        if (opcode == Opcode.EV_SELECT && inputs.length == 3) {
            int second = apply(AND, inputs[0], inputs[1]);
            return apply(OR, second, butNot(inputs[2], inputs[0]));
        }
        if (graph.argument(node) instanceof Argument.Bit(boolean value)) {
            return value ? ALWAYS : NEVER;
        }
        return UNKNOWN;
    }
}
