package org.qmk.verifier;

import java.util.Arrays;
import java.util.List;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Limits;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;

/// What guards and events say, as functions in a decision diagram.
///
/// The variables are the bits that a run brings: one for each measured event, and one for each
/// event on the paths where no node makes it and no default holds. An event that a node makes
/// under guard g is, as a function, "if g then what the node makes, else 0 if the event defaults
/// to 0, else a variable". What a measurement makes is a variable; what event logic makes is
/// computed from its inputs. Functions are built on demand only: a graph whose qubits are
/// allocated without guards needs none.
final class Conditions {

    static final byte FITS = 1;
    static final byte TOO_MANY_TERMS = 2;
    static final byte TOO_DEEP = 3;

    private final Graph graph;
    private final Limits limits;
    /// By event: 1 + the node that makes it, 0 if none was met yet. Shared with `EventFlow`.
    private final int[] makers;
    private final DecisionDiagram diagram;
    // By guard: whether its size was checked, and what it lacks.
    private final byte[] sizes;
    // By guard and by event: 2 + the function, 0 if not computed yet; empty until the first use.
    private int[] guardFunctions = new int[0];
    private int[] eventFunctions = new int[0];
    private int[] pending = new int[16];
    private int[] mentioned = new int[16];
    private int mentionedCount;
    private boolean tooDeep;

    Conditions(Graph graph, Limits limits, int[] makers) {
        this.graph = graph;
        this.limits = limits;
        this.makers = makers;
        this.diagram = new DecisionDiagram(limits.guardAnalysis());
        this.sizes = new byte[graph.guardCount()];
    }

    DecisionDiagram diagram() {
        return diagram;
    }

    /// Whether a guard keeps the limits: FITS, TOO_MANY_TERMS or TOO_DEEP. An empty All or Any and
    /// an Always inside a guard count as one term.
    byte size(int guard) {
        if (sizes[guard] == 0) {
            tooDeep = false;
            long terms = terms(graph.guardAt(guard), limits.guardDepth());
            boolean many = terms > limits.guardTerms();
            sizes[guard] = tooDeep ? TOO_DEEP : many ? TOO_MANY_TERMS : FITS;
        }
        return sizes[guard];
    }

    /// The events of a guard, ascending, each once; none for a guard that is too large.
    int[] events(int guard) {
        int[] events = mentioned(guard);
        Arrays.sort(events);
        int distinct = 0;
        for (int i = 0; i < events.length; i++) {
            if (i == 0 || events[i] != events[i - 1]) events[distinct++] = events[i];
        }
        return Arrays.copyOf(events, distinct);
    }

    /// The function of a guard, UNKNOWN if it is too large, names what is no event of the graph, or
    /// the steps are used up.
    int ofGuard(int guard) {
        if (guard == 0) return DecisionDiagram.ALWAYS;
        if (size(guard) != FITS) return DecisionDiagram.UNKNOWN;
        if (guardFunctions.length == 0) guardFunctions = new int[graph.guardCount()];
        if (guardFunctions[guard] == 0) {
            // In the order of mention, which is a good order of variables.
            for (int event : mentioned(guard)) compute(event);
            guardFunctions[guard] = 2 + evaluate(graph.guardAt(guard));
        }
        return guardFunctions[guard] - 2;
    }

    /// Whether the guard of one index holds only where that of the other does, as a function that
    /// is NEVER if so: the paths on which it does not.
    int exceeding(int guard, int other) {
        if (guard == other) return DecisionDiagram.NEVER;
        boolean part =
                size(guard) == FITS
                        && size(other) == FITS
                        && graph.guardAt(guard) instanceof Guard.All(var parts)
                        && parts.contains(graph.guardAt(other));
        return part ? DecisionDiagram.NEVER : diagram.butNot(ofGuard(guard), ofGuard(other));
    }

    private long terms(Guard guard, int levels) {
        return switch (guard) {
            case Guard.Always() -> 1;
            case Guard.Is _ -> 1;
            case Guard.All(var parts) -> terms(parts, levels);
            case Guard.Any(var parts) -> terms(parts, levels);
        };
    }

    /// Stops at the first excess, so that the work is bounded by the limits whatever the guard.
    private long terms(List<Guard> parts, int levels) {
        if (levels <= 0) tooDeep = true;
        long count = 0;
        for (int i = 0; i < parts.size() && !tooDeep && count <= limits.guardTerms(); i++) {
            count += terms(parts.get(i), levels - 1);
        }
        return Math.max(1, count);
    }

    /// The events of a guard in the order of mention; none for a guard that is too large.
    private int[] mentioned(int guard) {
        mentionedCount = 0;
        if (size(guard) == FITS) collect(graph.guardAt(guard));
        return Arrays.copyOf(mentioned, mentionedCount);
    }

    private void collect(Guard guard) {
        switch (guard) {
            case Guard.Always() -> {}
            case Guard.Is(int event, boolean _) -> {
                if (mentionedCount == mentioned.length) {
                    mentioned = Arrays.copyOf(mentioned, 2 * mentionedCount);
                }
                mentioned[mentionedCount++] = event;
            }
            case Guard.All(var parts) -> collect(parts);
            case Guard.Any(var parts) -> collect(parts);
        }
    }

    private void collect(List<Guard> parts) {
        for (int i = 0; i < parts.size(); i++) collect(parts.get(i));
    }

    /// The function of a guard whose events are computed. Combines from the last part to the first,
    /// since the variables of earlier parts are nearer to the root: then each step is short.
    private int evaluate(Guard guard) {
        return switch (guard) {
            case Guard.Always() -> DecisionDiagram.ALWAYS;
            case Guard.Is(int event, boolean value) -> value ? function(event) : diagram.not(function(event));
            case Guard.All(var parts) -> {
                int all = DecisionDiagram.ALWAYS;
                for (int i = parts.size() - 1; i >= 0; i--) all = diagram.and(evaluate(parts.get(i)), all);
                yield all;
            }
            case Guard.Any(var parts) -> {
                int any = DecisionDiagram.NEVER;
                for (int i = parts.size() - 1; i >= 0; i--) any = diagram.or(evaluate(parts.get(i)), any);
                yield any;
            }
        };
    }

    private boolean exists(int event) {
        return event >= 0 && event < makers.length;
    }

    /// The function of an event that is computed.
    private int function(int event) {
        return exists(event) ? eventFunctions[event] - 2 : DecisionDiagram.UNKNOWN;
    }

    /// Computes the function of an event and, first, of all that it is made from.
    private void compute(int event) {
        if (!exists(event)) return;
        if (eventFunctions.length == 0) eventFunctions = new int[makers.length];
        int top = push(event, 0);
        while (top > 0) {
            int next = pending[top - 1];
            int before = top;
            if (eventFunctions[next] == 0) top = pushSources(next, top);
            if (top > before) continue;
            if (eventFunctions[next] == 0) eventFunctions[next] = 2 + made(next);
            top--;
        }
    }

    private int push(int event, int top) {
        if (top == pending.length) pending = Arrays.copyOf(pending, 2 * top);
        pending[top] = event;
        return top + 1;
    }

    /// Pushes the events that an event is made from and that are not computed, the first on top.
    private int pushSources(int event, int top) {
        int node = makers[event] - 1;
        if (node < 0) return top;
        int result = top;
        boolean logic = isLogic(node);
        int guard = graph.guardIndex(node);
        if (logic) {
            for (int i = graph.operandEnd(node) - 1; i >= graph.operandStart(node); i--) {
                int operand = graph.operand(i);
                if (Operand.kind(operand) == Operand.Kind.INPUT) {
                    result = pushSource(Operand.index(operand), node, result);
                }
            }
        }
        if (guard != 0 && (logic || graph.defaultsToZero(event))) {
            int[] events = mentioned(guard);
            for (int i = events.length - 1; i >= 0; i--) {
                result = pushSource(events[i], node, result);
            }
        }
        return result;
    }

    private int pushSource(int event, int node, int top) {
        if (!exists(event) || eventFunctions[event] != 0) return top;
        if (makers[event] != 0 && makers[event] <= node) return push(event, top);
        // Read before it is made, which is reported elsewhere: nothing is known of it.
        eventFunctions[event] = 2 + diagram.variable();
        return top;
    }

    /// The function of an event all of whose sources are computed.
    private int made(int event) {
        int node = makers[event] - 1;
        if (node < 0) return diagram.variable();
        int guard = graph.guardIndex(node);
        boolean toZero = graph.defaultsToZero(event);
        if (guard == 0) return isLogic(node) ? logic(node) : diagram.variable();
        if (!isLogic(node) && !toZero) return diagram.variable();
        if (size(guard) != FITS) return DecisionDiagram.UNKNOWN;
        int holds = evaluate(graph.guardAt(guard));
        int made = diagram.and(holds, isLogic(node) ? logic(node) : diagram.variable());
        if (toZero || holds == DecisionDiagram.ALWAYS) return made;
        return diagram.or(made, diagram.butNot(diagram.variable(), holds));
    }

    /// Whether a node computes its event from others, and has the operands for it.
    private boolean isLogic(int node) {
        Opcode opcode = graph.opcode(node);
        if (opcode == Opcode.EV_CONST) return graph.argument(node) instanceof Argument.Bit;
        boolean folds = opcode == Opcode.EV_XOR || opcode == Opcode.EV_AND || opcode == Opcode.EV_OR;
        int inputs = graph.count(node, Operand.Kind.INPUT);
        return folds
                || opcode == Opcode.EV_NOT && inputs == 1
                || opcode == Opcode.EV_SELECT && inputs == 3;
    }

    private int logic(int node) {
        Opcode opcode = graph.opcode(node);
        if (graph.argument(node) instanceof Argument.Bit(boolean value)) {
            return value ? DecisionDiagram.ALWAYS : DecisionDiagram.NEVER;
        }
        if (opcode == Opcode.EV_NOT) return diagram.not(input(node, 0));
        if (opcode != Opcode.EV_SELECT) return fold(node);
        int chosen = diagram.and(input(node, 0), input(node, 1));
        return diagram.or(chosen, diagram.butNot(input(node, 2), input(node, 0)));
    }

    /// The function of the node's input of the given place.
    private int input(int node, int place) {
        int left = place;
        for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
            boolean input = Operand.kind(graph.operand(i)) == Operand.Kind.INPUT;
            if (input && left-- == 0) return function(Operand.index(graph.operand(i)));
        }
        return DecisionDiagram.UNKNOWN;
    }

    private int fold(int node) {
        Opcode opcode = graph.opcode(node);
        int result = opcode == Opcode.EV_AND ? DecisionDiagram.ALWAYS : DecisionDiagram.NEVER;
        for (int i = graph.operandEnd(node) - 1; i >= graph.operandStart(node); i--) {
            int operand = graph.operand(i);
            if (Operand.kind(operand) != Operand.Kind.INPUT) continue;
            int function = function(Operand.index(operand));
            if (opcode == Opcode.EV_XOR) result = diagram.xor(function, result);
            else if (opcode == Opcode.EV_AND) result = diagram.and(function, result);
            else result = diagram.or(function, result);
        }
        return result;
    }
}
