package org.qmk.qvm;

import java.util.Arrays;
import java.util.List;

/// A QVM graph in columns: a node is an index, its parts are read by it.
///
/// Nodes are in program order. The operands of a node are its qubits, channels, input events and
/// output events, in this order, each packed as `Operand` says. Nothing here is checked beyond
/// what the types say: only the verifier decides whether a graph may run.
public final class Graph {

    private final byte[] opcodes;
    private final int[] operandEnds;
    private final int[] operands;
    private final int[] guards;
    private final Guard[] guardTable;
    private final int[] arguments;
    private final Argument[] argumentTable;
    private final NameTable qubits;
    private final NameTable channels;
    private final NameTable events;
    private final long[] defaultsToZero;
    private final NameTable outputs;
    private final int[] outputEvents;
    private final int[] afterNodes;
    private final int[] afterTargets;
    private final int[] labelledNodes;
    private final NameTable labels;
    private final List<String> families;
    private final List<Capability> capabilities;

    Graph(GraphBuilder from) {
        opcodes = Arrays.copyOf(from.opcodes, from.size);
        operandEnds = from.operandEnds.trimmed();
        operands = from.operands.trimmed();
        guards = from.guards.trimmed();
        guardTable = from.guardTable.toArray(new Guard[0]);
        arguments = from.arguments.trimmed();
        argumentTable = from.argumentTable.toArray(new Argument[0]);
        qubits = from.qubits.table(from.qubitsDeclared);
        channels = from.channels.table(from.channelsDeclared);
        events = from.events.table(from.eventsDeclared);
        defaultsToZero = from.defaultsToZero.clone();
        outputs = from.outputs.table(from.outputEvents.size);
        outputEvents = from.outputEvents.trimmed();
        afterNodes = from.afterColumn(0);
        afterTargets = from.afterColumn(1);
        labelledNodes = from.labelledNodes.trimmed();
        labels = from.labels.table(labelledNodes.length);
        families = List.copyOf(from.families);
        capabilities = List.copyOf(from.capabilities);
    }

    /// The number of nodes.
    public int size() {
        return opcodes.length;
    }

    public Opcode opcode(int node) {
        return Opcode.BY_CODE[opcodes[node]];
    }

    /// Index of the node's first operand.
    public int operandStart(int node) {
        return node == 0 ? 0 : operandEnds[node - 1];
    }

    /// Index past the node's last operand.
    public int operandEnd(int node) {
        return operandEnds[node];
    }

    /// A packed operand, see `Operand`.
    public int operand(int index) {
        return operands[index];
    }

    public int operandCount() {
        return operands.length;
    }

    /// The handle of the node's qubit at the given place, counted from 0.
    public int qubit(int node, int place) {
        return Operand.index(operands[operandStart(node) + place]);
    }

    /// The number of the node's operands of one kind.
    public int count(int node, Operand.Kind kind) {
        int count = 0;
        for (int i = operandStart(node); i < operandEnds[node]; i++) {
            if (Operand.kind(operands[i]) == kind) count++;
        }
        return count;
    }

    public Guard guard(int node) {
        return guardTable[guardIndex(node)];
    }

    /// Index of the node's guard among the graph's distinct guards; 0 is `Guard.ALWAYS`.
    public int guardIndex(int node) {
        return guards.length == 0 ? 0 : guards[node];
    }

    /// The number of distinct guards, `Guard.ALWAYS` included.
    public int guardCount() {
        return guardTable.length;
    }

    public Guard guardAt(int index) {
        return guardTable[index];
    }

    public Argument argument(int node) {
        return argumentTable[argumentIndex(node)];
    }

    /// Index of the node's argument among the distinct ones; 0 is `Argument.NOTHING`.
    public int argumentIndex(int node) {
        return arguments.length == 0 ? 0 : arguments[node];
    }

    /// The number of distinct arguments, `Argument.NOTHING` included.
    public int argumentCount() {
        return argumentTable.length;
    }

    public Argument argumentAt(int index) {
        return argumentTable[index];
    }

    public NameTable qubits() {
        return qubits;
    }

    public NameTable channels() {
        return channels;
    }

    public NameTable events() {
        return events;
    }

    /// Whether an event whose node did not happen reads as 0.
    public boolean defaultsToZero(int event) {
        int word = event >>> 6;
        return word < defaultsToZero.length && (defaultsToZero[word] >>> event & 1) != 0;
    }

    /// Names of the bits of a result, left to right.
    public NameTable outputs() {
        return outputs;
    }

    /// The event that gives the output bit of the given place.
    public int outputEvent(int place) {
        return outputEvents[place];
    }

    /// The number of explicit edges.
    public int afterCount() {
        return afterNodes.length;
    }

    /// The node that waits, for the explicit edge of the given index; ascending.
    public int afterNode(int edge) {
        return afterNodes[edge];
    }

    /// The node that is waited for.
    public int afterTarget(int edge) {
        return afterTargets[edge];
    }

    /// The node's label, or its number in decimal where it has none. Labels have no meaning and are
    /// no part of the digest.
    public String label(int node) {
        int place = Arrays.binarySearch(labelledNodes, node);
        return place < 0 ? Integer.toString(node) : labels.name(place);
    }

    public boolean hasLabel(int node) {
        return Arrays.binarySearch(labelledNodes, node) >= 0;
    }

    /// The number of labels.
    public int labelCount() {
        return labelledNodes.length;
    }

    /// The number of UTF-8 bytes of the label with the given index.
    public int labelBytes(int index) {
        return labels.bytes(index);
    }

    /// The node of the label with the given index; ascending.
    public int labelledNode(int index) {
        return labelledNodes[index];
    }

    /// The families the graph requires, as written, sorted.
    public List<String> families() {
        return families;
    }

    /// The capabilities the graph requests, in the order of `Capability`.
    public List<Capability> capabilities() {
        return capabilities;
    }
}
