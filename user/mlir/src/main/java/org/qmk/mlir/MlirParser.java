package org.qmk.mlir;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads modules in the generic form and hands their operations on.
final class MlirParser {

    /// What a module's parts are handed to, in their order.
    interface Sink {

        /// @param value the argument's name
        void argument(MlirOperation.Use value, String type);

        void operation(MlirOperation operation);

        /// The function, after all that stands in it.
        void function(MlirOperation function);
    }

    private static final int NESTING_MAX = 128;

    private final MlirLexer lexer;
    private final Sink sink;
    private int nesting;
    private int functions;

    MlirParser(byte[] source, Sink sink) {
        this.lexer = new MlirLexer(source);
        this.sink = sink;
    }

    void module() {
        lexer.next();
        MlirOperation module = head();
        if (!module.name.equals("builtin.module")) {
            throw new MlirRefusal(MlirRule.OPERATION, module.at, module.name);
        }
        properties(module);
        expect(MlirToken.OPEN);
        expect(MlirToken.LEFT_BRACE);
        if (lexer.kind == MlirToken.BLOCK) blockLabel(false);
        while (lexer.kind != MlirToken.RIGHT_BRACE) function();
        lexer.next();
        expect(MlirToken.CLOSE);
        tail(module);
        if (lexer.kind != MlirToken.END) throw unexpected("the end of the file");
        if (functions != 1) {
            throw new MlirRefusal(MlirRule.MODULE, module.at, functions + " functions");
        }
    }

    private void function() {
        MlirOperation function = head();
        if (!function.name.equals("func.func")) {
            throw new MlirRefusal(MlirRule.OPERATION, function.at, function.name);
        }
        if (++functions > 1) throw new MlirRefusal(MlirRule.MODULE, function.at, "2 functions");
        properties(function);
        expect(MlirToken.OPEN);
        expect(MlirToken.LEFT_BRACE);
        if (lexer.kind == MlirToken.BLOCK) blockLabel(true);
        while (lexer.kind != MlirToken.RIGHT_BRACE) {
            if (lexer.kind == MlirToken.BLOCK) {
                throw new MlirRefusal(MlirRule.MODULE, lexer.start, "several blocks");
            }
            MlirOperation operation = head();
            properties(operation);
            if (lexer.kind == MlirToken.OPEN) {
                throw new MlirRefusal(
                        MlirRule.OPERANDS, operation.at, operation.name, "a region", "none");
            }
            tail(operation);
            sink.operation(operation);
        }
        lexer.next();
        expect(MlirToken.CLOSE);
        tail(function);
        sink.function(function);
    }

    /// Results, name and operands.
    private MlirOperation head() {
        var operation = new MlirOperation();
        if (lexer.kind == MlirToken.VALUE) results(operation);
        if (lexer.kind == MlirToken.WORD) {
            String word = "'" + lexer.spelling() + "'";
            throw new MlirRefusal(MlirRule.SYNTAX_CUSTOM, lexer.start, word);
        }
        operation.at = lexer.start;
        if (lexer.kind != MlirToken.STRING) throw unexpected("an operation");
        operation.name = lexer.text();
        lexer.next();
        expect(MlirToken.OPEN);
        while (lexer.kind != MlirToken.CLOSE) {
            if (!operation.operands.isEmpty()) expect(MlirToken.COMMA);
            operation.operands.add(value());
        }
        lexer.next();
        if (lexer.kind == MlirToken.LEFT_BRACKET) {
            throw new MlirRefusal(MlirRule.MODULE, lexer.start, "several blocks");
        }
        return operation;
    }

    private void results(MlirOperation operation) {
        do {
            MlirOperation.Use value = value();
            if (lexer.kind == MlirToken.COLON) {
                lexer.next();
                long count = whole();
                // each result is named again by its type, so no more than there are bytes
                if (count < 1 || count > 1 << 20) throw unexpected("a number of results");
                for (int i = 0; i < count; i++) {
                    operation.results.add(
                            new MlirOperation.Use(value.name() + "#" + i, value.at()));
                }
            } else {
                operation.results.add(value);
            }
        } while (accept(MlirToken.COMMA));
        expect(MlirToken.EQUALS);
    }

    private MlirOperation.Use value() {
        if (lexer.kind != MlirToken.VALUE) throw unexpected("a value");
        var value = new MlirOperation.Use(lexer.spelling(), lexer.start);
        lexer.next();
        return value;
    }

    private void blockLabel(boolean ofFunction) {
        lexer.next();
        if (accept(MlirToken.OPEN)) {
            boolean first = true;
            while (lexer.kind != MlirToken.CLOSE) {
                if (!first) expect(MlirToken.COMMA);
                first = false;
                MlirOperation.Use value = value();
                expect(MlirToken.COLON);
                String type = type();
                if (!ofFunction) throw new MlirRefusal(MlirRule.MODULE, value.at(), "arguments");
                sink.argument(value, type);
                location();
            }
            lexer.next();
        }
        expect(MlirToken.COLON);
    }

    /// `<{...}>`, if it is there.
    private void properties(MlirOperation operation) {
        if (!accept(MlirToken.LESS)) return;
        attributes(operation.attributes);
        expect(MlirToken.GREATER);
    }

    /// Attributes, types and location.
    private void tail(MlirOperation operation) {
        if (lexer.kind == MlirToken.LEFT_BRACE) attributes(operation.attributes);
        expect(MlirToken.COLON);
        expect(MlirToken.OPEN);
        while (lexer.kind != MlirToken.CLOSE) {
            if (!operation.operandTypes.isEmpty()) expect(MlirToken.COMMA);
            operation.operandTypes.add(type());
        }
        lexer.next();
        expect(MlirToken.ARROW);
        if (accept(MlirToken.OPEN)) {
            while (lexer.kind != MlirToken.CLOSE) {
                if (!operation.resultTypes.isEmpty()) expect(MlirToken.COMMA);
                operation.resultTypes.add(type());
            }
            lexer.next();
        } else {
            operation.resultTypes.add(type());
        }
        location();
        matched(operation, operation.operands, operation.operandTypes, "operands");
        matched(operation, operation.results, operation.resultTypes, "results");
    }

    private static void matched(
            MlirOperation operation,
            List<MlirOperation.Use> values,
            List<String> types,
            String what) {
        if (values.size() == types.size()) return;
        throw new MlirRefusal(
                MlirRule.OPERANDS,
                operation.at,
                operation.name,
                values.size() + " " + what,
                types.size() + ", as many as types");
    }

    /// `loc(...)`, which means nothing here.
    private void location() {
        if (!lexer.isWord("loc")) return;
        lexer.next();
        if (lexer.kind != MlirToken.OPEN) throw unexpected("'('");
        skipBalanced();
    }

    private void attributes(Map<String, MlirAttribute> into) {
        expect(MlirToken.LEFT_BRACE);
        boolean first = true;
        while (lexer.kind != MlirToken.RIGHT_BRACE) {
            if (!first) expect(MlirToken.COMMA);
            first = false;
            String name;
            if (lexer.kind == MlirToken.STRING) name = lexer.text();
            else if (lexer.kind == MlirToken.WORD) name = lexer.spelling();
            else throw unexpected("the name of an attribute");
            lexer.next();
            into.put(name, accept(MlirToken.EQUALS) ? attribute() : new MlirAttribute.Other());
        }
        lexer.next();
    }

    private MlirAttribute attribute() {
        if (++nesting > NESTING_MAX) {
            throw new MlirRefusal(MlirRule.SYNTAX_NESTING, lexer.start, NESTING_MAX);
        }
        MlirAttribute value = oneAttribute();
        nesting--;
        return value;
    }

    private MlirAttribute oneAttribute() {
        switch (lexer.kind) {
            case STRING -> {
                var text = new MlirAttribute.Text(lexer.text());
                lexer.next();
                return text;
            }
            case NUMBER -> {
                return number();
            }
            case LEFT_BRACKET -> {
                lexer.next();
                return sequence(MlirToken.RIGHT_BRACKET);
            }
            case WORD -> {
                return word();
            }
            case SYMBOL, ATTRIBUTE -> {
                lexer.next();
                if (lexer.kind == MlirToken.LESS) skipBalanced();
                return new MlirAttribute.Other();
            }
            case TYPE, OPEN -> {
                type();
                return new MlirAttribute.Other();
            }
            case LEFT_BRACE -> {
                skipBalanced();
                return new MlirAttribute.Other();
            }
            case VALUE, BLOCK, ARROW, CLOSE, RIGHT_BRACE, RIGHT_BRACKET, LESS ->
                    throw unexpected("an attribute");
            case GREATER, COMMA, COLON, EQUALS, END -> throw unexpected("an attribute");
        }
        throw new IllegalStateException("each kind of word returns or throws");
    }

    private MlirAttribute word() {
        if (lexer.isWord("true") || lexer.isWord("false")) {
            var truth = new MlirAttribute.Truth(lexer.isWord("true"));
            lexer.next();
            return truth;
        }
        if (!lexer.isWord("array")) {
            lexer.next();
            if (lexer.kind == MlirToken.LESS) skipBalanced();
            return new MlirAttribute.Other();
        }
        lexer.next();
        expect(MlirToken.LESS);
        if (lexer.kind != MlirToken.WORD) throw unexpected("a type");
        lexer.next();
        if (accept(MlirToken.GREATER)) return new MlirAttribute.Sequence(List.of());
        expect(MlirToken.COLON);
        return sequence(MlirToken.GREATER);
    }

    private MlirAttribute.Sequence sequence(MlirToken end) {
        List<MlirAttribute> parts = new ArrayList<>();
        while (lexer.kind != end) {
            if (!parts.isEmpty()) expect(MlirToken.COMMA);
            parts.add(attribute());
        }
        lexer.next();
        return new MlirAttribute.Sequence(parts);
    }

    /// A number with its type, if one stands there.
    private MlirAttribute number() {
        String text = lexer.spelling();
        int at = lexer.start;
        lexer.next();
        boolean real = text.indexOf('.') >= 0;
        if (accept(MlirToken.COLON)) {
            if (lexer.kind != MlirToken.WORD) throw unexpected("a type of numbers");
            real |= lexer.spelling().startsWith("f");
            lexer.next();
        }
        try {
            if (text.length() > 400) throw new NumberFormatException();
            boolean hexadecimal = text.startsWith("0x");
            long bits = hexadecimal ? Long.parseUnsignedLong(text.substring(2), 16) : 0;
            if (real) {
                double value =
                        hexadecimal ? Double.longBitsToDouble(bits) : Double.parseDouble(text);
                return new MlirAttribute.Real(value);
            }
            return new MlirAttribute.Whole(hexadecimal ? bits : Long.parseLong(text));
        } catch (NumberFormatException _) {
            String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
            throw new MlirRefusal(MlirRule.SYNTAX_NUMBER, at, shown);
        }
    }

    private long whole() {
        int at = lexer.start;
        if (lexer.kind != MlirToken.NUMBER) throw unexpected("a number");
        MlirAttribute number = number();
        if (number instanceof MlirAttribute.Whole(long value)) return value;
        throw new MlirRefusal(MlirRule.SYNTAX_NUMBER, at, "this");
    }

    /// A type, as it is written but for blanks.
    private String type() {
        var text = new StringBuilder();
        switch (lexer.kind) {
            case TYPE, WORD -> {
                text.append(lexer.spelling());
                lexer.next();
                if (lexer.kind == MlirToken.LESS) text.append(skipBalanced());
            }
            case OPEN -> { // of a function
                text.append(skipBalanced());
                expect(MlirToken.ARROW);
                text.append("->");
                if (lexer.kind == MlirToken.OPEN) {
                    text.append(skipBalanced());
                } else {
                    text.append(lexer.spelling());
                    lexer.next();
                    if (lexer.kind == MlirToken.LESS) text.append(skipBalanced());
                }
            }
            case STRING, VALUE, BLOCK, ATTRIBUTE, SYMBOL, NUMBER, ARROW, CLOSE, LEFT_BRACE ->
                    throw unexpected("a type");
            case RIGHT_BRACE, LEFT_BRACKET, RIGHT_BRACKET, LESS, GREATER, COMMA ->
                    throw unexpected("a type");
            case COLON, EQUALS, END -> throw unexpected("a type");
        }
        return text.toString();
    }

    /// Passes over a part in brackets, the word at hand being the opening one, and returns it.
    private String skipBalanced() {
        var text = new StringBuilder();
        int depth = 0;
        do {
            switch (lexer.kind) {
                case OPEN, LEFT_BRACE, LEFT_BRACKET, LESS -> depth++;
                case CLOSE, RIGHT_BRACE, RIGHT_BRACKET, GREATER -> depth--;
                case END -> throw unexpected("a closing bracket");
                case STRING, VALUE, BLOCK, TYPE, ATTRIBUTE, SYMBOL, NUMBER, WORD -> {}
                case ARROW, COMMA, COLON, EQUALS -> {}
            }
            text.append(lexer.spelling());
            lexer.next();
        } while (depth > 0);
        return text.toString();
    }

    private boolean accept(MlirToken kind) {
        if (lexer.kind != kind) return false;
        lexer.next();
        return true;
    }

    private void expect(MlirToken kind) {
        if (!accept(kind)) throw unexpected(kind.text());
    }

    private MlirRefusal unexpected(String expected) {
        String found = lexer.kind == MlirToken.END ? lexer.kind.text() : "'" + shown() + "'";
        return new MlirRefusal(MlirRule.SYNTAX_TOKEN, lexer.start, found, expected);
    }

    private String shown() {
        String text = lexer.spelling();
        return text.length() > 40 ? text.substring(0, 40) + "..." : text;
    }
}
