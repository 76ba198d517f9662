package org.qmk.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Capability;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;
import org.qmk.qvm.Violation;

/// Reads the text form, line by line. A line that is wrong costs that line only.
final class TextFormReader {

    private final byte[] bytes;
    private final TextScanner in;
    private final FormErrors errors;
    private final GraphBuilder builder = new GraphBuilder();
    private final HandleNames qubits;
    private final HandleNames channels;
    private final HandleNames events;
    private final ArgumentFields arguments = new ArgumentFields();
    private final TextGuardReader guards;
    private final Mnemonics.Cache mnemonics;
    private final AfterEdges edges = new AfterEdges();
    private final List<OutputBit> outputs = new ArrayList<>();
    private int qubitCount;
    private boolean begun;
    private boolean versionKnown = true;

    private TextFormReader(byte[] bytes) {
        this.bytes = bytes;
        in = new TextScanner(bytes);
        errors = new FormErrors(bytes);
        qubits = new HandleNames(Operand.Kind.QUBIT, builder, bytes);
        channels = new HandleNames(Operand.Kind.CHANNEL, builder, bytes);
        events = new HandleNames(Operand.Kind.INPUT, builder, bytes);
        guards = new TextGuardReader(in, this::event);
        mnemonics = new Mnemonics.Cache(bytes);
    }

    static Reading read(byte[] bytes) {
        return new TextFormReader(bytes).graph();
    }

    private Reading graph() {
        int invalid = Utf8.firstInvalid(bytes);
        if (invalid < bytes.length) {
            errors.add(FormErrors.bytes("byte " + invalid, "text in UTF-8"), invalid);
            return errors.inText();
        }
        while (!in.atEnd() && versionKnown && !errors.full()) line();
        if (!begun && errors.isEmpty()) errors.add(FormErrors.end("qvm 1.0"), bytes.length);
        for (OutputBit output : outputs) builder.output(output.bit(), events.of(output.event()));
        edges.resolve(builder, errors);
        if (!errors.isEmpty()) return errors.inText();
        return new Reading.Ok(builder.build(), List.of());
    }

    private void line() {
        try {
            if (!in.lineIsDone()) statement();
            if (!in.lineIsDone()) throw in.unexpected("the end of the line", "Remove it.");
            if (in.peek() == '\r') lineEnd();
        } catch (Misread misread) {
            errors.add(misread);
        }
        in.nextLine();
    }

    /// A carriage return may only be part of a line end.
    private void lineEnd() throws Misread {
        in.take('\r');
        if (!in.atEnd() && in.peek() != '\n') {
            throw in.unexpected(
                    "a line feed after a carriage return", "End lines with a line feed.");
        }
    }

    private void statement() throws Misread {
        int start = in.at();
        if (in.peek() == '"') {
            String label = in.quoted();
            in.skipBlanks();
            if (!in.take(':')) throw in.unexpected("a colon after the label", "Add it.");
            labelled(label, start);
            return;
        }
        in.skipName();
        int end = in.at();
        if (end == start) {
            throw in.unexpected(
                    "a label, an operation or a declaration", "See docs/spec/qvm-forms.md.");
        }
        in.skipBlanks();
        if (in.take(':')) {
            labelled(in.text(start, end), start);
        } else if (bytes[start] >= 'A' && bytes[start] <= 'Z') {
            node(start, end);
        } else {
            declaration(in.text(start, end), start);
        }
    }

    private void labelled(String label, int labelStart) throws Misread {
        checkBegun(labelStart);
        in.skipBlanks();
        if (!edges.label(builder.size(), label)) {
            throw new Misread(AfterEdges.twice(builder.size(), label), labelStart);
        }
        int start = in.at();
        in.skipName();
        if (in.at() == start) throw in.unexpected("an operation after the label", "Add one.");
        node(start, in.at());
        builder.label(label);
    }

    private void checkBegun(int offset) throws Misread {
        if (begun) return;
        begun = true; // one message is enough
        throw new Misread(
                FormErrors.syntax("another statement", "qvm 1.0", "Begin the file with that line."),
                offset);
    }

    private void declaration(String keyword, int start) throws Misread {
        if (!keyword.equals("qvm")) checkBegun(start);
        boolean handles = true;
        switch (keyword) {
            case "qvm" -> {
                version(start);
                handles = false;
            }
            case "requires", "caps", "outputs" -> handles = false;
            case "qubits", "channels", "events" -> {}
            default -> throw unknownStatement(keyword, start);
        }
        if (handles && builder.size() > 0) {
            throw new Misread(
                    FormErrors.syntax(
                            FormErrors.quoted(keyword),
                            "a node",
                            "Declare handles before the first node."),
                    start);
        }
        if (keyword.equals("outputs")) builder.outputsGiven();
        while (!in.lineIsDone()) {
            switch (keyword) {
                case "requires" -> builder.require(familyOrCapability());
                case "caps" -> capability();
                case "qubits" -> qubits.declare(name("a qubit"));
                case "channels" -> channels.declare(name("a channel"));
                case "events" -> declareEvent();
                case "outputs" -> output();
                default -> throw in.unexpected("the end of the line", "Remove it.");
            }
        }
    }

    private static Misread unknownStatement(String word, int start) {
        if (Mnemonics.of(word.toUpperCase(Locale.ROOT)).isPresent()) {
            return new Misread(Mnemonics.unknown("the line", word, Violation.NO_NODE), start);
        }
        return new Misread(
                FormErrors.syntax(
                        FormErrors.quoted(word),
                        "qvm, requires, caps, qubits, channels, events, outputs or an operation",
                        "Correct the word."),
                start);
    }

    private void version(int start) throws Misread {
        in.skipBlanks();
        int at = in.at();
        String version = in.value();
        if (begun) {
            throw new Misread(
                    FormErrors.syntax("a second version", "another statement", "Remove it."),
                    start);
        }
        begun = true;
        if (!version.equals("1.0")) {
            versionKnown = false;
            throw new Misread(FormErrors.version(FormErrors.quoted(version)), at);
        }
    }

    private String familyOrCapability() throws Misread {
        return in.peek() == '"' ? in.quoted() : in.value();
    }

    private void capability() throws Misread {
        int start = in.at();
        String text = familyOrCapability();
        Optional<Capability> capability = Capability.of(text);
        if (capability.isEmpty()) {
            throw new Misread(Capabilities.unknown("the graph", text), start);
        }
        builder.request(capability.get());
    }

    private void declareEvent() throws Misread {
        int event = events.declare(name("an event"));
        in.skipBlanks();
        if (!in.take('=')) return;
        in.skipBlanks();
        if (in.number(0) != 0) throw in.unexpected("0", "An event can default to 0 only.");
        builder.defaultToZero(event);
    }

    private void output() throws Misread {
        String bit = name("an output bit");
        in.skipBlanks();
        String event = bit;
        if (in.take('=')) {
            in.skipBlanks();
            event = name("an event");
        }
        outputs.add(new OutputBit(bit, event));
    }

    /// The rest of a node, after its mnemonic.
    private void node(int start, int end) throws Misread {
        int node = builder.size();
        checkBegun(start);
        Optional<Opcode> found = mnemonics.of(start, end);
        if (found.isEmpty()) {
            throw new Misread(Mnemonics.unknown("node " + node, in.text(start, end), node), start);
        }
        builder.node(found.get());
        arguments.clear();
        operands(found.get());
        if (!in.lineIsDone()) {
            if (word("if")) builder.guard(guards.guard());
            if (word("after")) after(node);
        }
        builder.argument(arguments.argument(found.get(), node, start, qubitCount));
    }

    /// Handles and named values, up to `if`, `after` or the end of the line.
    private void operands(Opcode opcode) throws Misread {
        Operand.Kind kind = Operand.Kind.QUBIT;
        qubitCount = 0;
        while (!in.lineIsDone()) {
            int start = in.at();
            if (in.takePair('<', '-')) {
                kind = clause(kind, Operand.Kind.INPUT, start);
            } else if (in.takePair('-', '>')) {
                kind = clause(kind, Operand.Kind.OUTPUT, start);
            } else if (in.peek() == '"') {
                String name = in.quoted();
                if (!value(opcode, name, start)) handle(kind, names(kind).of(name));
            } else {
                in.skipName();
                int end = in.at();
                if (end == start)
                    throw in.unexpected("a handle, <-, ->, if or after", "Remove it.");
                if (in.isReserved(start, end)) {
                    if (!in.is(start, end, "via")) {
                        in.back(start);
                        return;
                    }
                    kind = clause(kind, Operand.Kind.CHANNEL, start);
                } else if (!value(opcode, start, end)) {
                    handle(kind, names(kind).of(start, end));
                }
            }
        }
    }

    private static Operand.Kind clause(Operand.Kind now, Operand.Kind next, int offset)
            throws Misread {
        if (next.compareTo(now) > 0) return next;
        String mend =
                "Write qubits, then via and channels, then <- and inputs, then -> and outputs.";
        throw new Misread(
                FormErrors.syntax("a clause out of order", "a later clause", mend), offset);
    }

    private HandleNames names(Operand.Kind kind) {
        return switch (kind) {
            case QUBIT -> qubits;
            case CHANNEL -> channels;
            case INPUT, OUTPUT -> events;
        };
    }

    private void handle(Operand.Kind kind, int index) {
        if (kind == Operand.Kind.QUBIT) qubitCount++;
        builder.operand(Operand.of(kind, index));
    }

    /// Reads `=` and a value if they follow the key just read.
    private boolean value(Opcode opcode, int start, int end) throws Misread {
        in.skipBlanks();
        return in.peek() == '=' && value(opcode, in.text(start, end), start);
    }

    private boolean value(Opcode opcode, String key, int start) throws Misread {
        in.skipBlanks();
        if (!in.take('=')) return false;
        in.skipBlanks();
        boolean quoted = in.peek() == '"';
        String value = quoted ? in.quoted() : in.value();
        if (opcode.shape().argument == Argument.Kind.POLICY) {
            arguments.policy(key, value);
        } else {
            var written = quoted ? ArgumentFields.Written.TEXT : ArgumentFields.Written.WORD;
            arguments.add(key, value, written, start);
        }
        return true;
    }

    /// Steps over the given reserved word if it stands here.
    private boolean word(String word) {
        in.skipBlanks();
        int start = in.at();
        in.skipName();
        if (in.is(start, in.at(), word)) return true;
        in.back(start);
        return false;
    }

    private void after(int node) throws Misread {
        do {
            in.skipBlanks();
            int start = in.at();
            if (in.take('#')) {
                long target = in.number(Integer.MAX_VALUE);
                if (target < 0)
                    throw in.unexpected("the number of a node", "Write one, as in #12.");
                builder.after(node, (int) target);
            } else {
                edges.add(node, name("a label or # and a number"), start, "");
            }
            in.skipBlanks();
        } while (in.take(','));
    }

    /// Steps over a name, with or without quotes.
    private String name(String what) throws Misread {
        if (in.peek() == '"') return in.quoted();
        int start = in.at();
        in.skipName();
        boolean reserved = in.isReserved(start, in.at());
        if (in.at() > start && !reserved) return in.text(start, in.at());
        in.back(start);
        throw in.unexpected(
                what, reserved ? "If it is a name, put it in double quotes." : "Name one.");
    }

    /// The event named here, for a guard.
    private int event() throws Misread {
        return events.of(name("an event"));
    }
}
