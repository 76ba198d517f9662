package org.qmk.qvm;

/// Every way in which a graph can be wrong. Codes never change their meaning; words may.
///
/// In a sentence, `{name}` stands for the fact of that name.
public enum Rule {
    // formatter:off
    FORM_SYNTAX("QVM-FORM-1", "{found} stands where {expected} was expected. {mend}"),
    FORM_END("QVM-FORM-2", "the input ends where {expected} was expected. Complete it."),
    FORM_FIELD_MISSING("QVM-FORM-3", "{where} lacks the field {field}. Add it."),
    FORM_FIELD_TYPE("QVM-FORM-4", "{field} of {where} is {found}, expected {expected}. Change it."),
    FORM_FIELD_UNKNOWN("QVM-FORM-5",
        "{where} has the unknown field {field}. Remove it, or use one of {expected}."),
    FORM_VERSION("QVM-FORM-6",
        "the version is {found}, expected {expected}. Convert the graph or use a newer QMK."),
    FORM_NESTING("QVM-FORM-7", "{where} is nested more than {max} levels deep. Flatten it."),
    FORM_BYTES("QVM-FORM-8", "the bytes at {where} are not {expected}. Write the file anew."),
    FORM_OPERATION("QVM-FORM-9",
        "{where} has the unknown operation {found}. Use one of the table: {expected}."),

    NAME_FORM("QVM-NAME-1",
        "{kind} name {name} is not of the form letter or _, then letters, digits and _ . - $ [ "
                + "]. Rename it."),
    NAME_TWICE("QVM-NAME-2", "{kind} {name} is declared twice. Remove one of the declarations."),
    NAME_UNDECLARED("QVM-NAME-3",
        "node {node} ({op}) uses {kind} {name}, which is not declared. Declare it."),
    NAME_NODE_TWICE("QVM-NAME-4", "two nodes have the id {name}. Rename one of them."),
    NAME_NODE_UNKNOWN("QVM-NAME-5",
        "node {node} waits for {name}, which is no node. Name an existing one."),
    NAME_OUTPUT_TWICE("QVM-NAME-6", "two output bits are named {name}. Rename one of them."),

    TYPE_QUBITS("QVM-TYPE-1",
        "node {node} ({op}) has {found} qubits, expected {expected}. Give it that many."),
    TYPE_CHANNELS("QVM-TYPE-2",
        "node {node} ({op}) has {found} channels, expected {expected}. Give it that many."),
    TYPE_INPUTS("QVM-TYPE-3",
        "node {node} ({op}) reads {found} events, expected {expected}. Give it that many."),
    TYPE_OUTPUTS("QVM-TYPE-4",
        "node {node} ({op}) makes {found} events, expected {expected}. Give it that many."),
    TYPE_ARGUMENT("QVM-TYPE-5",
        "node {node} ({op}) carries {found}, expected {expected}. Change its arguments."),
    TYPE_PAULI_LENGTH("QVM-TYPE-6",
        "node {node} ({op}) has a Pauli string of {found} letters for {expected} qubits. Give "
                + "one letter per qubit."),
    TYPE_VALUE("QVM-TYPE-7", "{field} of {where} is {found}, expected {expected}. Change it."),
    TYPE_PAULI_IDENTITY("QVM-TYPE-8",
        "node {node} ({op}) has the Pauli string {found}, which is the identity. Name at least "
                + "one X, Y or Z."),
    TYPE_ALLOC_COUNT("QVM-TYPE-9",
        "node {node} allocates n = {found} qubits but names {expected}. Make the two agree."),
    TYPE_CORRECTION("QVM-TYPE-10",
        "node {node} ({op}) has neither an input event nor a guard. Say when it applies."),

    LINEAR_BEFORE_ALLOC("QVM-LINEAR-1",
        "node {node} ({op}) uses qubit {name}, which no earlier node allocates. Allocate it "
                + "first."),
    LINEAR_AFTER_FREE("QVM-LINEAR-2",
        "node {node} ({op}) uses qubit {name}, which node {freed} freed. Move the node before "
                + "node {freed}, or use a fresh qubit."),
    LINEAR_TWICE_IN_NODE("QVM-LINEAR-3",
        "node {node} ({op}) names qubit {name} twice. Use two different qubits."),
    LINEAR_DOUBLE_ALLOC("QVM-LINEAR-4",
        "node {node} allocates qubit {name}, which node {made} already allocated. Free it "
                + "first, or use another name."),
    LINEAR_LEAK("QVM-LINEAR-5",
        "qubit {name}, allocated by node {made}, is live at the end. Free it on every path."),

    CHAN_BEFORE_OPEN("QVM-CHAN-1",
        "node {node} ({op}) uses channel {name}, which no earlier node opens. Open it first."),
    CHAN_AFTER_CLOSE("QVM-CHAN-2",
        "node {node} ({op}) uses channel {name}, which node {freed} closed. Move the node "
                + "before node {freed}, or open another channel."),
    CHAN_DOUBLE_OPEN("QVM-CHAN-3",
        "node {node} opens channel {name}, which node {made} already opened. Close it first, or "
                + "use another name."),
    CHAN_LEAK("QVM-CHAN-4",
        "channel {name}, opened by node {made}, is open at the end. Close it on every path."),

    EVENT_TWICE("QVM-EVENT-1",
        "node {node} ({op}) makes event {name}, which node {made} already makes. Use another "
                + "name."),
    EVENT_BEFORE("QVM-EVENT-2",
        "node {node} ({op}) reads event {name}, which no earlier node makes. Move the node "
                + "after the one that makes it."),
    EVENT_GUARD("QVM-EVENT-3",
        "node {node} ({op}) reads event {name}, which node {made} makes only under a guard that "
                + "this node's guard does not imply. Guard the reader too, or declare the event "
                + "to default to 0."),
    EVENT_NEVER("QVM-EVENT-4",
        "output bit {output} is event {name}, which no node makes. Make it, or remove the "
                + "output."),
    EVENT_OUTPUT("QVM-EVENT-5",
        "output bit {output} is event {name}, which node {made} makes only under a guard. "
                + "Declare the event to default to 0."),

    CAP_MISSING("QVM-CAP-1",
        "node {node} ({op}) needs {capability}, which the graph does not request. Add it to the "
                + "capabilities."),
    CAP_UNKNOWN("QVM-CAP-2",
        "{where} requests the unknown capability {found}. Use one of {expected}."),

    DAG_CYCLE("QVM-DAG-1",
        "node {node} ({op}) waits for itself, by way of {via}. Remove one of the after edges."),
    DAG_RANGE("QVM-DAG-2",
        "an after edge joins node {node} to node {target}, expected numbers from 0 to {max}. "
                + "Remove it."),

    BOUND("QVM-BOUND-1",
        "{where} has {found} {limit}, at most {max} are allowed. Split the graph."),

    FAMILY_UNKNOWN("QVM-FAMILY-1",
        "the graph requires the family {found}, which is not known. Use one of {expected}."),
    FAMILY_MISSING("QVM-FAMILY-2",
        "node {node} ({op}) belongs to {family}, which the graph does not require. Add it to "
                + "the families."),

    GUARD_LIVE("QVM-GUARD-1",
        "node {node} ({op}) may use {kind} {name} on a path where it is not live. Guard the "
                + "node as its {kind} is guarded."),
    GUARD_MAKE("QVM-GUARD-2",
        "node {node} ({op}) may make {kind} {name} on a path where it is already live. Guard it "
                + "with the opposite condition."),
    GUARD_ANALYSIS("QVM-GUARD-3",
        "the guards that decide whether {kind} {name} is live at node {node} are too involved "
                + "to be shown right ({max} steps). Compute the condition into one event, or "
                + "allocate without a guard."),

    REV_IRREVERSIBLE("QVM-REV-1",
        "node {node} ({op}) cannot be undone because {because}, but region {name} claims to be "
                + "reversible. Move it out of the region."),
    REV_UNBALANCED("QVM-REV-2",
        "node {node} marks {found}, expected {expected}. Pair each rev+NAME with one rev-NAME.");
    // formatter:on

    private final String code;
    private final String sentence;

    Rule(String code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    public String code() {
        return code;
    }

    /// The sentence with its placeholders.
    public String sentence() {
        return sentence;
    }
}
