package org.qmk.qir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads types.
final class QirTypes {

    private static final Set<String> OTHER_REALS =
            Set.of("half", "bfloat", "float", "fp128", "x86_fp80", "ppc_fp128", "x86_mmx", "token");

    /// Parts of a type, those of its parts included: types that name one another could ask for much
    /// work in few words.
    private static final int PARTS_MAX = 256;

    private final QirCursor cursor;
    // Looked up, never iterated.
    private final Map<String, QirType> named = new HashMap<>();

    QirTypes(QirCursor cursor) {
        this.cursor = cursor;
    }

    /// `%name = type ...`, after the name.
    void define(String name, int at) {
        cursor.expectWord("type");
        QirType type = cursor.acceptWord("opaque") ? new QirType.Opaque(name) : type();
        if (named.putIfAbsent(name, type) != null) {
            throw cursor.notes().error(QirRule.NAME_TWICE, at, "%" + name);
        }
    }

    /// A type whose values can be computed with.
    QirType value() {
        int at = cursor.at();
        QirType type = type();
        if (type.isValue()) return type;
        throw cursor.notes().error(QirRule.TYPE_UNKNOWN, at, type.text());
    }

    QirType type() {
        cursor.enter();
        QirType type = simple();
        while (true) {
            if (cursor.accept(QirToken.STAR)) {
                type = QirType.POINTER;
            } else if (cursor.acceptWord("addrspace")) {
                cursor.skipBalanced();
            } else if (cursor.is(QirToken.OPEN)) {
                type = code(type);
            } else {
                cursor.leave();
                return type;
            }
        }
    }

    private QirType code(QirType result) {
        cursor.expect(QirToken.OPEN);
        List<QirType> parameters = new ArrayList<>();
        boolean variadic = false;
        while (!cursor.is(QirToken.CLOSE)) {
            if (cursor.accept(QirToken.DOTS)) variadic = true;
            else parameters.add(type());
            if (!cursor.is(QirToken.CLOSE)) cursor.expect(QirToken.COMMA);
        }
        cursor.expect(QirToken.CLOSE);
        return limited(new QirType.Code(result, parameters, variadic));
    }

    private QirType simple() {
        switch (cursor.kind()) {
            case LOCAL -> {
                String name = cursor.name(QirToken.LOCAL);
                return named.getOrDefault(name, new QirType.Opaque(name));
            }
            case LEFT_BRACKET -> {
                return array();
            }
            case LEFT_BRACE -> {
                return structure();
            }
            case WORD -> {
                return word();
            }
            case LESS -> {
                throw cursor.notes().error(QirRule.TYPE_UNKNOWN, cursor.at(), "<...>");
            }
            case LABEL, GLOBAL, GROUP, METADATA, TEXT, BYTES, INTEGER, REAL, EQUALS, COMMA, OPEN ->
                    throw cursor.unexpected("a type");
            case CLOSE, RIGHT_BRACKET, RIGHT_BRACE, GREATER, STAR, DOTS, BAR, COMDAT, END ->
                    throw cursor.unexpected("a type");
        }
        throw new IllegalStateException("every kind is decided above");
    }

    private QirType array() {
        cursor.expect(QirToken.LEFT_BRACKET);
        int at = cursor.at();
        long count = cursor.whole();
        if (count < 0 || count > QirType.BYTES_MAX) {
            throw cursor.notes()
                    .error(QirRule.VALUE_COUNT, at, "elements", count, QirType.BYTES_MAX);
        }
        cursor.expectWord("x");
        QirType element = type();
        cursor.expect(QirToken.RIGHT_BRACKET);
        return limited(new QirType.Array(count, element));
    }

    private QirType structure() {
        cursor.expect(QirToken.LEFT_BRACE);
        List<QirType> fields = new ArrayList<>();
        while (!cursor.is(QirToken.RIGHT_BRACE)) {
            if (!fields.isEmpty()) cursor.expect(QirToken.COMMA);
            fields.add(type());
            if (fields.size() > PARTS_MAX) throw tooLarge(fields.size());
        }
        cursor.expect(QirToken.RIGHT_BRACE);
        return limited(new QirType.Structure(fields));
    }

    private QirType limited(QirType type) {
        int parts = parts(type);
        if (parts > PARTS_MAX) throw tooLarge(parts);
        return type;
    }

    private QirRefusal tooLarge(int parts) {
        return cursor.notes()
                .error(QirRule.VALUE_COUNT, cursor.at(), "parts of a type", parts, PARTS_MAX);
    }

    private static int parts(QirType type) {
        return switch (type) {
            case QirType.Structure(var fields) -> parts(fields);
            case QirType.Array(long _, var element) -> 1 + parts(element);
            case QirType.Code(var result, var parameters, boolean _) ->
                    parts(result) + parts(parameters);
            case QirType.Void(), QirType.Whole _, QirType.Real(), QirType.Pointer() -> 1;
            case QirType.Opaque _, QirType.Label(), QirType.Metadata() -> 1;
        };
    }

    private static int parts(List<QirType> types) {
        int parts = 1;
        for (QirType type : types) parts += parts(type);
        return parts;
    }

    private QirType word() {
        int at = cursor.at();
        String word = cursor.spelling();
        QirType type =
                switch (word) {
                    case "void" -> QirType.VOID;
                    case "ptr" -> QirType.POINTER;
                    case "double" -> QirType.REAL;
                    case "label" -> new QirType.Label();
                    case "metadata" -> new QirType.Metadata();
                    default -> whole(word);
                };
        cursor.next();
        if (type instanceof QirType.Opaque) {
            throw cursor.notes().error(QirRule.TYPE_UNKNOWN, at, word);
        }
        return type;
    }

    private QirType whole(String word) {
        if (OTHER_REALS.contains(word)) return new QirType.Opaque(word);
        boolean digits = word.length() > 1 && word.length() < 10 && word.charAt(0) == 'i';
        for (int i = 1; i < word.length() && digits; i++) {
            digits = word.charAt(i) >= '0' && word.charAt(i) <= '9';
        }
        if (!digits) throw cursor.unexpected("a type");
        int bits = Integer.parseInt(word, 1, word.length(), 10);
        boolean fits = bits > 0 && bits <= QirType.BITS_MAX;
        return fits ? new QirType.Whole(bits) : new QirType.Opaque(word);
    }
}
