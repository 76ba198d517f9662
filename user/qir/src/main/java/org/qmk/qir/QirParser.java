package org.qmk.qir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads a module of LLVM IR text. What cannot be read is noted, and reading goes on with the next
/// line.
final class QirParser {

    private static final String FLAGS = "llvm.module.flags";

    private final QirCursor cursor;
    private final QirNotes notes;
    private final QirTypes types;
    private final QirSymbols symbols;
    private final QirOperands operands;
    private final QirInstructionParser instructions;

    /// Functions, whose attributes may stand in groups that come later.
    private final List<Draft> drafts = new ArrayList<>();

    // Looked up, never iterated.
    private final Map<String, Map<String, String>> groups = new HashMap<>();
    private final Map<String, Note> metadata = new HashMap<>();

    private List<String> flagNames = List.of();

    /// A function with the groups of attributes it names.
    private record Draft(QirFunction function, List<String> groups) {}

    /// A list of metadata, each element as text.
    private record Note(int at, List<List<String>> elements) {}

    QirParser(byte[] source, QirNotes notes, QirLimits limits) {
        this.notes = notes;
        cursor = new QirCursor(new QirLexer(source, notes), notes, limits.nesting());
        types = new QirTypes(cursor);
        symbols = new QirSymbols(notes);
        operands = new QirOperands(cursor, types, symbols);
        instructions = new QirInstructionParser(cursor, types, symbols, operands);
    }

    /// The module; all errors are noted before it is refused.
    QirModule module() {
        cursor.next();
        while (!cursor.is(QirToken.END)) {
            try {
                item();
            } catch (QirRefusal refusal) {
                if (refusal == QirRefusal.PROGRAM) throw refusal;
                recover();
            }
        }
        for (Draft draft : drafts) define(draft);
        return symbols.module(flags());
    }

    /// Goes on with the next line that begins something.
    private void recover() {
        do {
            cursor.skipLine();
        } while (!cursor.is(QirToken.END) && !begins());
    }

    private boolean begins() {
        return switch (cursor.kind()) {
            case GLOBAL, METADATA, LOCAL, COMDAT -> true;
            case WORD ->
                    cursor.isWord("define")
                            || cursor.isWord("declare")
                            || cursor.isWord("attributes")
                            || cursor.isWord("target")
                            || cursor.isWord("source_filename");
            case LABEL, GROUP, TEXT, BYTES, INTEGER, REAL, EQUALS, COMMA, OPEN, CLOSE -> false;
            case LEFT_BRACKET, RIGHT_BRACKET, LEFT_BRACE, RIGHT_BRACE, LESS, GREATER -> false;
            case STAR, DOTS, BAR, END -> false;
        };
    }

    private void item() {
        int at = cursor.at();
        switch (cursor.kind()) {
            case GLOBAL -> variable(at);
            case LOCAL -> {
                String name = cursor.name(QirToken.LOCAL);
                cursor.expect(QirToken.EQUALS);
                types.define(name, at);
            }
            case METADATA -> note(at);
            case COMDAT -> cursor.skipLine();
            case WORD -> word(at);
            case LABEL, GROUP, TEXT, BYTES, INTEGER, REAL, EQUALS, COMMA, OPEN, CLOSE ->
                    throw cursor.unexpected("a definition");
            case LEFT_BRACKET, RIGHT_BRACKET, LEFT_BRACE, RIGHT_BRACE, LESS, GREATER ->
                    throw cursor.unexpected("a definition");
            case STAR, DOTS, BAR, END -> throw cursor.unexpected("a definition");
        }
    }

    private void word(int at) {
        switch (cursor.spelling()) {
            case "define" -> function(at, true);
            case "declare" -> function(at, false);
            case "attributes" -> group();
            case "source_filename", "target", "uselistorder" -> cursor.skipLine();
            default -> throw cursor.unexpected("a definition");
        }
    }

    /// `@name = internal constant [4 x i8] c"0_t\00"`.
    private void variable(int at) {
        String name = cursor.name(QirToken.GLOBAL);
        cursor.expect(QirToken.EQUALS);
        while (cursor.is(QirToken.WORD) && !cursor.isWord("constant") && !cursor.isWord("global")) {
            if (cursor.isWord("alias") || cursor.isWord("ifunc")) break;
            cursor.next();
            if (cursor.is(QirToken.OPEN)) cursor.skipBalanced();
        }
        boolean isConstant = cursor.isWord("constant");
        if (!isConstant && !cursor.isWord("global")) throw cursor.unexpected("'constant'");
        cursor.next();
        QirType type = types.type();
        if (!type.isValue()) {
            // an external of a type nobody looks into
            symbols.define(new QirModule.Variable(name, at, type, QirOperand.ZERO, isConstant));
            if (!cursor.isFirst() && !cursor.is(QirToken.END)) cursor.skipLine();
            return;
        }
        QirOperand value =
                cursor.isFirst() || cursor.is(QirToken.COMMA) || cursor.is(QirToken.END)
                        ? QirOperand.ZERO
                        : operands.constant(type);
        symbols.define(new QirModule.Variable(name, at, type, value, isConstant));
        while (cursor.accept(QirToken.COMMA)) {
            if (cursor.is(QirToken.METADATA)) {
                cursor.next();
                instructions.metadata();
            } else {
                while (!cursor.isFirst()
                        && (cursor.is(QirToken.WORD)
                                || cursor.is(QirToken.INTEGER)
                                || cursor.is(QirToken.TEXT))) cursor.next();
                if (cursor.is(QirToken.OPEN)) cursor.skipBalanced();
            }
        }
    }

    private void function(int at, boolean isDefined) {
        cursor.next();
        while (cursor.is(QirToken.METADATA)) {
            cursor.next(); // declare !dbg !5 void @f()
            instructions.metadata();
        }
        instructions.attributes();
        QirType result = types.type();
        int nameAt = cursor.at();
        String name = cursor.name(QirToken.GLOBAL);
        symbols.function(name, nameAt);
        var body = new QirBody(notes);
        List<QirType> parameters = new ArrayList<>();
        List<List<String>> parameterNotes = new ArrayList<>();
        boolean variadic = parameters(body, parameters, parameterNotes, isDefined);
        Map<String, String> attributes = new LinkedHashMap<>();
        List<String> groupNames = new ArrayList<>();
        header(attributes, groupNames, isDefined);
        var type = new QirType.Code(result, parameters, variadic);
        if (isDefined) {
            if (!result.isValue() && !result.equals(QirType.VOID)) {
                throw notes.error(QirRule.TYPE_UNKNOWN, at, result.text());
            }
            cursor.expect(QirToken.LEFT_BRACE);
            body.begin(cursor.is(QirToken.LABEL) ? cursor.name() : body.unnamed(), cursor.at());
            if (cursor.is(QirToken.LABEL)) cursor.next();
            instructions.read(body, result);
        }
        var function =
                new QirFunction(
                        name,
                        nameAt,
                        type,
                        body.locals(),
                        body.blockNames(),
                        isDefined ? blocks(body) : List.of(),
                        attributes,
                        parameterNotes);
        drafts.add(new Draft(function, groupNames));
    }

    /// The blocks, or none if they do not fit together; that is noted.
    private static List<List<QirInstruction>> blocks(QirBody body) {
        try {
            return body.blocks();
        } catch (QirRefusal refusal) {
            if (refusal == QirRefusal.PROGRAM) throw refusal;
            return List.of();
        }
    }

    private boolean parameters(
            QirBody body,
            List<QirType> parameters,
            List<List<String>> parameterNotes,
            boolean isDefined) {
        boolean variadic = false;
        cursor.expect(QirToken.OPEN);
        while (!cursor.is(QirToken.CLOSE)) {
            if (!parameters.isEmpty()) cursor.expect(QirToken.COMMA);
            if (cursor.accept(QirToken.DOTS)) {
                variadic = true;
                break;
            }
            int at = cursor.at();
            QirType type = isDefined ? types.value() : types.type();
            parameters.add(type);
            parameterNotes.add(instructions.attributes());
            boolean named = cursor.is(QirToken.LOCAL);
            if (isDefined) {
                body.define(named ? cursor.name(QirToken.LOCAL) : body.unnamed(), type, at);
            } else if (named) {
                cursor.next();
            }
        }
        cursor.expect(QirToken.CLOSE);
        return variadic;
    }

    /// What stands between the parameters and the body.
    private void header(
            Map<String, String> attributes, List<String> groupNames, boolean isDefined) {
        while (!cursor.is(QirToken.LEFT_BRACE) && !cursor.is(QirToken.END)) {
            if (!isDefined && cursor.isFirst()) return;
            if (cursor.is(QirToken.GROUP)) {
                groupNames.add(cursor.name(QirToken.GROUP));
            } else if (cursor.is(QirToken.METADATA)) {
                cursor.next();
                instructions.metadata();
            } else if (cursor.is(QirToken.WORD) || cursor.is(QirToken.TEXT)) {
                attribute(attributes);
            } else if (cursor.is(QirToken.INTEGER)) {
                cursor.next(); // of an alignment
            } else {
                throw cursor.unexpected(isDefined ? "'{'" : "the next line");
            }
        }
    }

    /// Only attributes that are written as strings say something here.
    private void attribute(Map<String, String> attributes) {
        boolean isText = cursor.is(QirToken.TEXT);
        String key = cursor.name();
        cursor.next();
        String value = "";
        if (cursor.accept(QirToken.EQUALS)) {
            value = cursor.name();
            cursor.next();
        } else if (cursor.is(QirToken.OPEN)) {
            cursor.skipBalanced();
        }
        if (isText) attributes.put(key, value);
    }

    /// `attributes #0 = { "entry_point" "key"="value" nounwind }`.
    private void group() {
        cursor.next();
        String name = cursor.name(QirToken.GROUP);
        cursor.expect(QirToken.EQUALS);
        cursor.expect(QirToken.LEFT_BRACE);
        Map<String, String> attributes = new LinkedHashMap<>();
        while (cursor.is(QirToken.WORD) || cursor.is(QirToken.TEXT)) attribute(attributes);
        cursor.expect(QirToken.RIGHT_BRACE);
        groups.put(name, attributes);
    }

    private void define(Draft draft) {
        QirFunction function = draft.function;
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String group : draft.groups) attributes.putAll(groups.getOrDefault(group, Map.of()));
        attributes.putAll(function.attributes());
        try {
            symbols.define(
                    new QirFunction(
                            function.name(),
                            function.at(),
                            function.type(),
                            function.locals(),
                            function.names(),
                            function.blocks(),
                            attributes,
                            function.parameterNotes()));
        } catch (QirRefusal refusal) {
            if (refusal == QirRefusal.PROGRAM) throw refusal;
        }
    }

    /// `!0 = !{i32 1, !"qir_major_version", i32 1}`. Metadata of another shape is passed over.
    private void note(int at) {
        String name = cursor.name(QirToken.METADATA);
        cursor.expect(QirToken.EQUALS);
        if (cursor.isWord("distinct")) cursor.next();
        boolean list = cursor.is(QirToken.METADATA) && cursor.name().isEmpty();
        if (!list) {
            instructions.metadata();
            return;
        }
        cursor.next();
        if (!cursor.is(QirToken.LEFT_BRACE)) throw cursor.unexpected("'{'");
        var note = new Note(at, elements());
        if (name.equals(FLAGS)) {
            flagNames = note.elements.stream().map(List::getFirst).toList();
        } else {
            metadata.put(name, note);
        }
    }

    /// The elements of a list, each the words it is made of that are no types.
    private List<List<String>> elements() {
        cursor.expect(QirToken.LEFT_BRACE);
        List<List<String>> elements = new ArrayList<>();
        while (!cursor.is(QirToken.RIGHT_BRACE)) {
            if (!elements.isEmpty()) cursor.expect(QirToken.COMMA);
            elements.add(element());
        }
        cursor.expect(QirToken.RIGHT_BRACE);
        return elements;
    }

    private List<String> element() {
        if (cursor.is(QirToken.METADATA)) {
            String name = cursor.name();
            cursor.next();
            if (!name.isEmpty()) return List.of(name);
            if (!cursor.is(QirToken.LEFT_BRACE)) throw cursor.unexpected("'{'");
            cursor.enter();
            List<String> inner = new ArrayList<>();
            for (List<String> each : elements()) inner.addAll(each);
            cursor.leave();
            return inner.isEmpty() ? List.of("") : inner;
        }
        if (cursor.acceptWord("null")) return List.of("null");
        QirType type = types.type();
        String value = cursor.spelling();
        if (type.equals(QirType.BIT) && (value.equals("true") || value.equals("false"))) {
            value = value.equals("true") ? "1" : "0";
            cursor.next();
        } else if (cursor.is(QirToken.INTEGER)) {
            value = Long.toString(cursor.whole());
        } else {
            skipElement();
        }
        return List.of(value);
    }

    private void skipElement() {
        while (!cursor.is(QirToken.COMMA) && !cursor.is(QirToken.RIGHT_BRACE)) {
            if (cursor.is(QirToken.END)) throw cursor.unexpected("'}'");
            if (cursor.is(QirToken.OPEN) || cursor.is(QirToken.LEFT_BRACE)) cursor.skipBalanced();
            else cursor.next();
        }
    }

    private List<QirModule.Flag> flags() {
        List<QirModule.Flag> flags = new ArrayList<>();
        for (String name : flagNames) {
            Note note = metadata.get(name);
            if (note == null || note.elements.size() != 3) continue; // says nothing
            String behaviour = note.elements.get(0).getFirst();
            String key = note.elements.get(1).getFirst();
            List<String> value = note.elements.get(2);
            long number = behaviour.matches("[0-9]{1,3}") ? Long.parseLong(behaviour) : 0;
            Note list = value.size() == 1 ? metadata.get(value.getFirst()) : null;
            boolean reference = list != null && value.getFirst().matches("[0-9]+");
            boolean typed = reference && isTypeList(key);
            if (typed) value = list.elements.stream().map(List::getFirst).toList();
            flags.add(new QirModule.Flag(note.at, number, key, value));
        }
        return flags;
    }

    /// Whether a flag lists types, so that a number names another list and is no value.
    private static boolean isTypeList(String key) {
        return key.equals("int_computations") || key.equals("float_computations");
    }
}
