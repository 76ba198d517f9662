package org.qmk.qvm;

import java.util.List;

/// The canonical encoding of a graph, which its digest is taken of and the journal keeps.
///
/// It holds all that a graph says except labels. A guard or argument is spelled out at its first
/// use and named by number afterwards, so that equal graphs have equal bytes however they were
/// built. docs/spec/qvm.md gives the layout byte by byte.
public final class CanonicalForm {

    private static final byte[] MAGIC = {'Q', 'V', 'M', 1};

    private CanonicalForm() {}

    /// SHA-256 of the canonical bytes.
    public static byte[] digest(Graph graph) {
        var out = ByteWriter.digesting();
        write(graph, out);
        return out.sha256();
    }

    /// The first bytes of every canonical encoding.
    public static byte[] magic() {
        return MAGIC.clone();
    }

    public static byte[] encode(Graph graph) {
        var out = ByteWriter.keeping();
        write(graph, out);
        return out.bytes();
    }

    /// A guard and an argument, each as at its first use.
    static byte[] spelling(Guard guard, Argument argument) {
        var out = ByteWriter.keeping();
        guard(guard, out);
        argument(argument, out);
        return out.bytes();
    }

    private static void write(Graph graph, ByteWriter out) {
        out.raw(MAGIC);
        out.uint(graph.families().size());
        for (String family : graph.families()) out.text(family);
        out.uint(graph.capabilities().size());
        for (Capability capability : graph.capabilities()) out.text(capability.text());
        names(graph.qubits(), out);
        names(graph.channels(), out);
        names(graph.events(), out);
        defaults(graph, out);
        nodes(graph, out);
        out.uint(graph.outputs().size());
        for (int i = 0; i < graph.outputs().size(); i++) {
            out.counted(graph.outputs().utf8(i)).uint(graph.outputEvent(i));
        }
        out.uint(graph.afterCount());
        for (int i = 0; i < graph.afterCount(); i++) {
            out.uint(graph.afterNode(i)).uint(graph.afterTarget(i));
        }
    }

    private static void names(NameTable names, ByteWriter out) {
        out.uint(names.size()).uint(names.declared());
        for (int i = 0; i < names.size(); i++) out.counted(names.utf8(i));
    }

    /// The events that default to 0, ascending, as differences.
    private static void defaults(Graph graph, ByteWriter out) {
        int count = 0;
        for (int i = 0; i < graph.events().size(); i++) {
            if (graph.defaultsToZero(i)) count++;
        }
        out.uint(count);
        int last = 0;
        for (int i = 0; i < graph.events().size(); i++) {
            if (!graph.defaultsToZero(i)) continue;
            out.uint(i - last);
            last = i;
        }
    }

    private static void nodes(Graph graph, ByteWriter out) {
        int[] guardNumbers = new int[graph.guardCount()];
        int[] argumentNumbers = new int[graph.argumentCount()];
        int guards = 0;
        int arguments = 0;
        out.uint(graph.size());
        for (int node = 0; node < graph.size(); node++) {
            int start = graph.operandStart(node);
            int end = graph.operandEnd(node);
            out.u8(graph.opcode(node).code()).uint(end - start);
            for (int i = start; i < end; i++) out.uint(graph.operand(i) & 0xFFFFFFFFL);
            int guard = graph.guardIndex(node);
            boolean newGuard = guard != 0 && guardNumbers[guard] == 0;
            if (newGuard) guardNumbers[guard] = ++guards;
            out.uint(guardNumbers[guard]);
            if (newGuard) guard(graph.guardAt(guard), out);
            int argument = graph.argumentIndex(node);
            boolean newArgument = argument != 0 && argumentNumbers[argument] == 0;
            if (newArgument) argumentNumbers[argument] = ++arguments;
            out.uint(argumentNumbers[argument]);
            if (newArgument) argument(graph.argumentAt(argument), out);
        }
    }

    private static void guard(Guard guard, ByteWriter out) {
        switch (guard) {
            case Guard.Always() -> out.u8(0);
            case Guard.Is(int event, boolean value) -> out.u8(value ? 2 : 1).uint(event);
            case Guard.All(var parts) -> parts(3, parts, out);
            case Guard.Any(var parts) -> parts(4, parts, out);
        }
    }

    private static void parts(int tag, List<Guard> parts, ByteWriter out) {
        out.u8(tag).uint(parts.size());
        for (Guard part : parts) guard(part, out);
    }

    private static void argument(Argument argument, ByteWriter out) {
        out.u8(argument.kind().ordinal());
        switch (argument) {
            case Argument.Nothing() -> {}
            case Argument.Profile(var text) -> out.text(text);
            case Argument.Tag(var text) -> out.text(text);
            case Argument.Pauli(var pauli) -> out.text(pauli.toString());
            case Argument.Rotation(double angle, double precision) ->
                    out.real(angle).real(precision);
            case Argument.PauliRotation(var pauli, double angle, double precision) ->
                    out.text(pauli.toString()).real(angle).real(precision);
            case Argument.Bit(boolean value) -> out.u8(value ? 1 : 0);
            case Argument.Channel(double fidelity, var kind) -> out.real(fidelity).text(kind);
            case Argument.Link(var gate) -> out.text(gate.text());
            case Argument.Policy(var entries) -> {
                out.uint(entries.size());
                for (var entry : entries) out.text(entry.key()).text(entry.value());
            }
        }
    }
}
